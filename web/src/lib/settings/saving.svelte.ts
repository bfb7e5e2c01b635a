import { faultsByField, sentenceFor } from '#lib/api/errors.ts';

/** How far one setting is on its way: saved as it is changed, and with its reason where it is not. */
export class Saving {
	state = $state<'idle' | 'saving' | 'saved'>('idle');
	/** Why the last change was not saved. */
	fault = $state('');
	#latest = 0;

	/** Saves by `send`. Returns whether it was saved; `field` is what the server calls the setting. */
	async run(field: string, send: () => Promise<void>): Promise<boolean> {
		const turn = ++this.#latest;
		this.state = 'saving';
		this.fault = '';
		try {
			await send();
			if (turn === this.#latest) this.state = 'saved';
			return true;
		} catch (error) {
			if (turn === this.#latest) {
				this.state = 'idle';
				this.fault = faultsByField(error)[field] ?? sentenceFor(error);
			}
			return false;
		}
	}

	/** Says what is wrong before anything is sent. */
	refuse(fault: string): void {
		this.#latest += 1;
		this.state = 'idle';
		this.fault = fault;
	}
}
