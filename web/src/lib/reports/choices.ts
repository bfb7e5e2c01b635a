/** Everything that one chooses on the reports page; the address holds it, so that a link shows the same. */
import type { ReportGroup } from '#lib/api/types.ts';
import { isDate } from '#lib/time/civil.ts';
import { orderly, periodNames, rangeOf, type PeriodName, type Range } from './period.ts';

export const groups: readonly ReportGroup[] = ['date', 'project', 'client', 'member', 'tag'];
/** So many levels of a table can still be read. */
const MOST_LEVELS = 2;

export interface Choices {
	period: PeriodName;
	/** Where the period is `custom`. */
	custom: Range | null;
	/** The levels of the table, outermost first. */
	group: ReportGroup[];
	project: string;
	client: string;
	/** Empty for whom the role shows by default: everyone for managers, oneself for members. */
	member: string;
}

type Query = Pick<URLSearchParams, 'get'>;

/** Reads an address; what makes no sense there falls back to the default. */
export function choicesOf(query: Query): Choices {
	const period = periodNames.find((name) => name === query.get('period'));
	const custom = rangeIn(query);
	const asked = (query.get('group') ?? '').split(',');
	const group = [...new Set(asked)].filter((name): name is ReportGroup =>
		groups.some((known) => known === name)
	);
	return {
		period: custom ? 'custom' : period && period !== 'custom' ? period : 'this_month',
		custom,
		group: group.length > 0 ? group.slice(0, MOST_LEVELS) : ['project'],
		project: query.get('project') ?? '',
		client: query.get('client') ?? '',
		member: query.get('member') ?? ''
	};
}

/** The address's parameters for `choices`; empty ones are left out of it. */
export function parametersOf(choices: Choices): Record<string, string> {
	const dates: Record<string, string> =
		choices.period === 'custom' && choices.custom
			? { from: choices.custom.from, to: choices.custom.to }
			: { period: choices.period };
	const { project, client, member } = choices;
	return { ...dates, group: choices.group.join(','), project, client, member };
}

/** The dates that `choices` mean today. */
export function rangeFor(choices: Choices, today: string, firstDay: number): Range {
	if (choices.custom) return choices.custom;
	return rangeOf(choices.period === 'custom' ? 'this_month' : choices.period, today, firstDay);
}

/** The levels after pressing the chip of `name`: out where it was in, else the innermost; the last one stays. */
export function toggled(group: ReportGroup[], name: ReportGroup): ReportGroup[] {
	if (!group.includes(name)) return [...group.slice(0, MOST_LEVELS - 1), name];
	return group.length === 1 ? group : group.filter((other) => other !== name);
}

function rangeIn(query: Query): Range | null {
	const from = query.get('from');
	const to = query.get('to');
	return isDate(from) && isDate(to) ? orderly({ from, to }) : null;
}
