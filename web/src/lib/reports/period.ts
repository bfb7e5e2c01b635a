/** The ranges of dates that a report covers. All are civil dates, both ends included. */
import { addDays, weekStart } from '#lib/time/civil.ts';

export const periodNames = [
	'this_week',
	'last_week',
	'this_month',
	'last_month',
	'this_quarter',
	'last_quarter',
	'this_year',
	'custom'
] as const;
export type PeriodName = (typeof periodNames)[number];

export interface Range {
	from: string;
	to: string;
}

/** The longest range that the server answers for. */
export const MOST_DAYS = 366;

/** The dates of a period as seen from `today`; weeks begin on `firstDay`, 1 for Monday to 7 for Sunday. */
export function rangeOf(name: Exclude<PeriodName, 'custom'>, today: string, firstDay: number): Range {
	const week = weekStart(today, firstDay);
	switch (name) {
		case 'this_week':
			return days(week, 7);
		case 'last_week':
			return days(addDays(week, -7), 7);
		case 'this_month':
			return months(today, 1, 0);
		case 'last_month':
			return months(today, 1, -1);
		case 'this_quarter':
			return months(today, 3, 0);
		case 'last_quarter':
			return months(today, 3, -1);
		case 'this_year':
			return months(today, 12, 0);
	}
}

/** The range before (`-1`) or after (`1`): whole months, quarters and years go by the calendar, all else by length. */
export function neighbour(range: Range, direction: -1 | 1): Range {
	for (const length of [1, 3, 12]) {
		const whole = months(range.from, length, 0);
		if (whole.from === range.from && whole.to === range.to) return months(range.from, length, direction);
	}
	const length = daysIn(range);
	return days(addDays(range.from, direction * length), length);
}

/** Both ends in order, and no longer than the server answers for. */
export function orderly(range: Range): Range {
	const [from, to] = range.from <= range.to ? [range.from, range.to] : [range.to, range.from];
	const latest = addDays(from, MOST_DAYS - 1);
	return { from, to: to < latest ? to : latest };
}

export function daysIn({ from, to }: Range): number {
	return Temporal.PlainDate.from(from).until(to).days + 1;
}

/** The year that a heat map beside `range` shows. */
export function yearOf(range: Range): Range {
	return months(range.to, 12, 0);
}

function days(from: string, count: number): Range {
	return { from, to: addDays(from, count - 1) };
}

/** The block of `length` months that `date` is in, counted from January, or one that many blocks away. */
function months(date: string, length: number, blocksAway: number): Range {
	const day = Temporal.PlainDate.from(date);
	const first = day
		.with({ month: day.month - ((day.month - 1) % length), day: 1 })
		.add({ months: blocksAway * length });
	const last = first.add({ months: length }).subtract({ days: 1 });
	return { from: first.toString(), to: last.toString() };
}
