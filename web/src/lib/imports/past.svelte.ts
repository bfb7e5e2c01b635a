import { imports, type ImportRecord } from '#lib/api/index.ts';
import { clock } from '#lib/clock/clock.svelte.ts';

/** The imports so far, and taking them out again. */
export class PastImports {
	list = $state.raw<ImportRecord[] | null>(null);
	error = $state.raw<unknown>(null);
	/** Those that are being taken out now. */
	undoing = $state.raw<readonly string[]>([]);

	async load(): Promise<void> {
		try {
			this.list = await imports.list();
			this.error = null;
		} catch (error) {
			this.error = error;
		}
	}

	/** Takes an import out. Returns how many entries that were. */
	async undo(id: string): Promise<number> {
		this.undoing = [...this.undoing, id];
		try {
			return (await imports.undo(id)).entries;
		} finally {
			this.undoing = this.undoing.filter((other) => other !== id);
			await Promise.all([this.load(), clock.changed()]);
		}
	}
}
