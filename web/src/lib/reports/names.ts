import type { Member, ReportGroup } from '#lib/api/types.ts';
import { t } from '#lib/i18n/index.ts';
import { projects } from '#lib/projects/projects.svelte.ts';
import { nameById, nameOf } from '#lib/team/names.ts';
import { show } from '#lib/time/show.ts';
import { labelsIn } from './labels.ts';
import type { PeriodName } from './period.ts';

/** What a line of a report is called. */
export function nameIn(members: Member[], group: ReportGroup, key: string | null): string {
	if (key === null) return noneOf(group);
	switch (group) {
		case 'date':
			return show.date(key);
		case 'project':
			return projects.project(key)?.name ?? t('reports.unknown');
		case 'client':
			return projects.client(key)?.name ?? t('reports.unknown');
		case 'member':
			return nameById(members, key) ?? t('reports.none_member');
		case 'tag':
			return labelsIn(key).map(asOne).join(', ');
	}
}

/** Whose time there may be: who was erased has none left, and is named only where an address still asks for them. */
export function peopleIn(members: Member[], chosen: string): Member[] {
	return members
		.filter(({ id, erased }) => !erased || id === chosen)
		.map((member) => ({ ...member, name: nameOf(member) }));
}

export function groupName(group: ReportGroup): string {
	switch (group) {
		case 'date':
			return t('reports.group_date');
		case 'project':
			return t('reports.group_project');
		case 'client':
			return t('reports.group_client');
		case 'member':
			return t('reports.group_member');
		case 'tag':
			return t('reports.group_tag');
	}
}

export function periodName(name: PeriodName): string {
	switch (name) {
		case 'this_week':
			return t('reports.period_this_week');
		case 'last_week':
			return t('reports.period_last_week');
		case 'this_month':
			return t('reports.period_this_month');
		case 'last_month':
			return t('reports.period_last_month');
		case 'this_quarter':
			return t('reports.period_this_quarter');
		case 'last_quarter':
			return t('reports.period_last_quarter');
		case 'this_year':
			return t('reports.period_this_year');
		case 'custom':
			return t('reports.period_custom');
	}
}

/** A label that has a comma of its own is quoted, so that it does not read as two. */
function asOne(label: string): string {
	return label.includes(',') ? t('reports.quoted', { label }) : label;
}

function noneOf(group: ReportGroup): string {
	switch (group) {
		case 'client':
			return t('reports.none_client');
		case 'member':
			return t('reports.none_member');
		case 'tag':
			return t('reports.none_tag');
		default:
			return t('reports.none_project');
	}
}
