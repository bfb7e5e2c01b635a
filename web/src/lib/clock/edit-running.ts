import type { Entry } from '#lib/api/index.ts';
import { changes } from '#lib/entries/changes.ts';
import { toasts } from '#lib/shell/toasts.svelte.ts';
import { clock } from './clock.svelte.ts';

/** Changes the project or the note of the open entry; the clock runs on. */
export async function editRunning(
	entry: Entry,
	change: Partial<Pick<Entry, 'project_id' | 'note'>>
): Promise<void> {
	try {
		await changes.replace(entry, change);
	} catch (error) {
		toasts.fail(error);
	}
	if (changes.areThrough(entry.id)) await clock.changed();
}
