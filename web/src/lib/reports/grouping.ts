/** A report's rows as a table of up to two levels, in which every line is the sum of those inside it. */
import type { ReportGroup, ReportRow } from '#lib/api/types.ts';

export interface Line {
	group: ReportGroup;
	/** The date, the id or the labels; null for time that has none. */
	key: string | null;
	seconds: number;
	/** The level inside; empty on the innermost. */
	inside: Line[];
}

export function linesOf(
	rows: ReportRow[],
	groups: ReportGroup[],
	nameOf: (group: ReportGroup, key: string | null) => string
): Line[] {
	const [group, ...inner] = groups;
	if (group === undefined) return [];
	const byKey = new Map<string | null, ReportRow[]>();
	for (const row of rows) {
		const key = keyOf(row, group);
		const same = byKey.get(key);
		if (same) same.push(row);
		else byKey.set(key, [row]);
	}
	const lines = [...byKey].map(([key, same]) => ({
		group,
		key,
		seconds: sumOf(same),
		inside: linesOf(same, inner, nameOf)
	}));
	return lines.sort((one, other) => compare(one, other, nameOf));
}

/** What `row` has under `group`. */
export function keyOf(row: ReportRow, group: ReportGroup): string | null {
	switch (group) {
		case 'date':
			return row.date ?? null;
		case 'project':
			return row.project_id ?? null;
		case 'client':
			return row.client_id ?? null;
		case 'member':
			return row.member_id ?? null;
		case 'tag':
			return row.tag ?? null;
	}
}

export function sumOf(rows: { seconds: number }[]): number {
	return rows.reduce((sum, row) => sum + row.seconds, 0);
}

/** Whether all of `lines` can be written without seconds and still sum to what their total shows. */
export function wholeMinutes(lines: Line[]): boolean {
	return lines.every((line) => line.seconds % 60 === 0 && wholeMinutes(line.inside));
}

/** The same for hundredths of an hour. */
export function wholeHundredths(lines: Line[]): boolean {
	return lines.every((line) => line.seconds % 36 === 0 && wholeHundredths(line.inside));
}

/** Days in their order; all else by how much time it took. */
function compare(one: Line, other: Line, nameOf: (group: ReportGroup, key: string | null) => string): number {
	if (one.group === 'date') return (one.key ?? '').localeCompare(other.key ?? '');
	return (
		other.seconds - one.seconds || nameOf(one.group, one.key).localeCompare(nameOf(other.group, other.key))
	);
}
