import { sentenceFor } from '#lib/api/errors.ts';

const UNDO_MILLISECONDS = 10_000;
const READ_MILLISECONDS = 5_000;

export interface Toast {
	id: number;
	kind: 'done' | 'failed';
	text: string;
	undo: (() => Promise<void>) | null;
	milliseconds: number;
}

/** Short news at the edge of the page: what was done, with a way back, or what failed and why. */
class Toasts {
	list = $state.raw<Toast[]>([]);
	#next = 1;

	say(text: string): void {
		this.#add({ kind: 'done', text, undo: null, milliseconds: READ_MILLISECONDS });
	}

	/** News of a destructive step, with ten seconds to take it back. */
	undoable(text: string, undo: () => Promise<void>): void {
		this.#add({ kind: 'done', text, undo, milliseconds: UNDO_MILLISECONDS });
	}

	/** A failure in plain words; it stays as long as an undo does. */
	fail(error: unknown): void {
		this.failWith(sentenceFor(error));
	}

	failWith(text: string): void {
		this.#add({ kind: 'failed', text, undo: null, milliseconds: UNDO_MILLISECONDS });
	}

	dismiss(id: number): void {
		this.list = this.list.filter((toast) => toast.id !== id);
	}

	async undo(toast: Toast): Promise<void> {
		this.dismiss(toast.id);
		try {
			await toast.undo?.();
		} catch (error) {
			this.fail(error);
		}
	}

	#add(toast: Omit<Toast, 'id'>): void {
		// Three at once are as many as anyone reads.
		this.list = [...this.list.slice(-2), { ...toast, id: this.#next++ }];
	}
}

export const toasts = new Toasts();
