import { RefusedError, type Client, type Project } from '#lib/api/index.ts';
import { t } from '#lib/i18n/index.ts';
import { toasts } from '#lib/shell/toasts.svelte.ts';
import { projects } from './projects.svelte.ts';

interface Archivable {
	id: string;
	name: string;
	archived: boolean;
	version: number;
}

/** Why a project cannot come back yet; empty where it can. */
export function projectHindrance(project: Project): string {
	const client = projects.client(project.client_id);
	return project.archived && client?.archived ? t('projects.client_archived', { name: client.name }) : '';
}

/** Why a client cannot be archived yet; empty where it can. */
export function clientHindrance(client: Client): string {
	const count = projects.active.filter(({ client_id }) => client_id === client.id).length;
	if (client.archived || count === 0) return '';
	return t('projects.client_in_use', { count, name: client.name });
}

/** Archives `thing`, or takes it out again, with ten seconds to take that back. */
export async function setArchived<Thing extends Archivable>(
	thing: Thing,
	archived: boolean,
	change: (of: Thing, body: { archived: boolean }) => Promise<Thing>,
	put: (changed: Thing) => void
): Promise<void> {
	try {
		const changed = await change(thing, { archived });
		put(changed);
		const { name } = changed;
		const text = archived ? t('projects.archived_named', { name }) : t('projects.restored_named', { name });
		toasts.undoable(text, async () => put(await change(changed, { archived: !archived })));
	} catch (error) {
		toasts.fail(error);
		// Somebody was faster: the list shows their state, and the button can be pressed again.
		if (error instanceof RefusedError && error.status === 412)
			await projects.load().catch(toasts.fail.bind(toasts));
	}
}
