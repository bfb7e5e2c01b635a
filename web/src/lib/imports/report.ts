/** What an import's report says, arranged for reading. */
import type { ImportedDay, ImportOverlap, ImportReport } from '#lib/api/index.ts';
import { addDays } from '#lib/time/civil.ts';

export interface ImportedMonth {
	/** The month's first date. */
	first: string;
	days: ImportedDay[];
	seconds: number;
	existingSeconds: number;
}

/** The days by month, in their order, with the months' sums. */
export function monthsOf(days: ImportedDay[]): ImportedMonth[] {
	const months = new Map<string, ImportedMonth>();
	for (const day of days) {
		const first = `${day.date.slice(0, -2)}01`;
		const month = months.get(first) ?? { first, days: [], seconds: 0, existingSeconds: 0 };
		month.days.push(day);
		month.seconds += day.seconds;
		month.existingSeconds += day.existing_seconds;
		months.set(first, month);
	}
	return [...months.values()];
}

/** How many entries the report brings. */
export function entriesOf({ rows }: Pick<ImportReport, 'rows'>): number {
	return rows.ready + rows.trimmed;
}

/** The longest range that reports show. */
const YEAR_DAYS = 366;

/** The days that the report speaks of, the last year of them, for looking at them afterwards; null where there are none. */
export function rangeOf({ members }: Pick<ImportReport, 'members'>): { from: string; to: string } | null {
	const dates = members.flatMap(({ days }) => days.map(({ date }) => date)).sort();
	const [first, to] = [dates[0], dates.at(-1)];
	if (!first || !to) return null;
	const earliest = addDays(to, 1 - YEAR_DAYS);
	return { from: first < earliest ? earliest : first, to };
}

/** The seconds of the file that overlaps keep out, among those listed. */
export function lostSeconds(overlaps: ImportOverlap[]): number {
	return overlaps.reduce((sum, overlap) => sum + overlap.lost_seconds, 0);
}

/** How many overlaps there are in all; more than the report lists of a very long file. */
export function overlapCount({
	rows,
	overlaps,
	refused
}: Pick<ImportReport, 'rows' | 'overlaps' | 'refused'>): number {
	const counted = rows.skipped + rows.trimmed + Math.max(0, rows.refused - refused.length);
	return Math.max(overlaps.length, counted);
}

/** How many rows are refused for what stands in them, and not for being in the way of another. */
export function unreadableCount({
	rows,
	overlaps,
	refused
}: Pick<ImportReport, 'rows' | 'overlaps' | 'refused'>): number {
	const inTheWay = overlaps.filter(({ resolution }) => resolution === 'refused').length;
	return Math.max(refused.length, rows.refused - inTheWay);
}
