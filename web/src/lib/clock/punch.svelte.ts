import { toasts } from '#lib/shell/toasts.svelte.ts';
import { clock, type ClockDetails } from './clock.svelte.ts';

const STORED_PROJECT = 'vibesheets.project';

/** What the next clock-in will carry: the project used last, and the note written ahead. */
class NextPunch {
	projectId = $state<string | null>(null);
	note = $state('');
	busy = $state(false);

	recall(): void {
		this.projectId = localStorage.getItem(STORED_PROJECT);
	}

	choose(projectId: string | null): void {
		this.projectId = projectId;
		if (projectId) localStorage.setItem(STORED_PROJECT, projectId);
		else localStorage.removeItem(STORED_PROJECT);
	}

	/** The one tap: in when out, out when in. The second half of a double click is none. */
	async toggle(click?: MouseEvent): Promise<void> {
		if (click && click.detail > 1) return;
		const entry = clock.status?.entry;
		if (!entry) return this.in(this.projectId);
		this.choose(entry.project_id);
		await this.#send(() => clock.punch('out'));
	}

	async in(projectId: string | null): Promise<void> {
		const details: ClockDetails = { project_id: projectId };
		if (this.note.trim()) details.note = this.note.trim();
		this.note = '';
		await this.#send(() => clock.punch('in', details));
	}

	async switchTo(projectId: string | null): Promise<void> {
		this.choose(projectId);
		await this.#send(() => clock.punch('switch', { project_id: projectId }));
	}

	// A second tap while the first is being kept would be a second command.
	async #send(punch: () => Promise<void>): Promise<void> {
		if (this.busy) return;
		this.busy = true;
		try {
			await punch();
		} catch (error) {
			// Without room on the device nothing was kept, and so nothing was sent.
			toasts.fail(error);
		} finally {
			this.busy = false;
		}
	}
}

export const next = new NextPunch();
