/** How the parts of a history read. */
import type { Entry } from '#lib/api/index.ts';
import { t } from '#lib/i18n/index.ts';
import { projects } from '#lib/projects/projects.svelte.ts';
import { show } from '#lib/time/show.ts';
import type { HistoryField } from './changes.ts';

const OPERATIONS = [
	'clock.in',
	'clock.out',
	'clock.switch',
	'entry.create',
	'entry.edit',
	'entry.delete',
	'entry.restore',
	'import.entries',
	'import.undo_entries'
] as const;
type KnownOperation = (typeof OPERATIONS)[number];
type Underlined<Text extends string> = Text extends `${infer Head}.${infer Tail}` ? `${Head}_${Tail}` : Text;

/** Who did what, in a sentence; a later server's operation keeps its own name. */
export function operationSentence(operation: string, name: string): string {
	if (!(OPERATIONS as readonly string[]).includes(operation)) return t('history.other', { name, operation });
	const key = operation.replace('.', '_') as Underlined<KnownOperation>;
	return t(`history.${key}`, { name });
}

/** One part of an entry in words, on the clock of the entry. */
export function valueOf(entry: Entry, field: HistoryField): string {
	switch (field) {
		case 'start':
			return show.exactTime(entry.start, entry.time_zone);
		case 'end':
			return entry.end === null ? t('history.none') : show.exactTime(entry.end, entry.time_zone);
		case 'seconds':
			return entry.seconds === null ? t('history.none') : show.durationWithSeconds(entry.seconds);
		case 'project_id':
			if (entry.project_id === null) return t('clock.no_project');
			return projects.project(entry.project_id)?.name ?? t('history.unknown_project');
		case 'note':
			return entry.note === '' ? t('history.none') : entry.note;
		case 'tags':
			return entry.tags.length === 0 ? t('history.none') : entry.tags.join(', ');
		case 'billable':
			return entry.billable ? t('history.yes') : t('history.no');
		case 'time_zone':
			return entry.time_zone.replaceAll('_', ' ');
	}
}
