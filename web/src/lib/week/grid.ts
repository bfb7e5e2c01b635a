/** The week as a grid: projects by days, every number the sum of what stands before it. */
import type { Entry } from '#lib/api/types.ts';

/** A cell holds one project's entries of one work date. */
export interface Cell {
	projectId: string | null;
	date: string;
	/** The closed ones, by start. */
	entries: Entry[];
	/** The one that is running; it counts nothing yet. */
	open: Entry | null;
	seconds: number;
}

export interface Row {
	projectId: string | null;
	cells: Cell[];
	seconds: number;
}

export interface Grid {
	dates: string[];
	rows: Row[];
	/** By date, in the order of `dates`. */
	dayTotals: number[];
	seconds: number;
}

/** Whether all of the grid can be shown without what `unit` seconds leave over and still add up. */
export function isWhole(grid: Grid, unit: number): boolean {
	return grid.rows.every(({ cells }) => cells.every(({ seconds }) => seconds % unit === 0));
}

/** What names a cell among all of a week. */
export function keyOf(cell: Pick<Cell, 'projectId' | 'date'>): string {
	return `${cell.date} ${cell.projectId ?? ''}`;
}

/**
 * The grid of `entries` over `dates`, its rows in the order of `compare`. `kept` are projects that have a row though
 * they have no entry.
 */
export function gridOf(
	entries: Entry[],
	dates: string[],
	kept: (string | null)[] = [],
	compare: (one: string | null, other: string | null) => number = () => 0
): Grid {
	const shown = entries.filter((entry) => dates.includes(entry.work_date) && !entry.deleted);
	const projectIds = [...new Set([...shown.map((entry) => entry.project_id), ...kept])].sort(compare);
	const rows = projectIds.map((projectId) => rowOf(shown, dates, projectId));
	const dayTotals = dates.map((_, day) => sum(rows.map((row) => row.cells[day]!.seconds)));
	return { dates, rows, dayTotals, seconds: sum(dayTotals) };
}

function rowOf(entries: Entry[], dates: string[], projectId: string | null): Row {
	const own = entries.filter((entry) => entry.project_id === projectId);
	const cells = dates.map((date) => cellOf(own, projectId, date));
	return { projectId, cells, seconds: sum(cells.map((cell) => cell.seconds)) };
}

export function cellOf(entries: Entry[], projectId: string | null, date: string): Cell {
	const own = entries.filter(
		(entry) => entry.project_id === projectId && entry.work_date === date && !entry.deleted
	);
	const closed = own.filter((entry) => entry.end !== null).sort(byStart);
	return {
		projectId,
		date,
		entries: closed,
		open: own.find((entry) => entry.end === null) ?? null,
		seconds: sum(closed.map((entry) => entry.seconds ?? 0))
	};
}

function byStart(one: Entry, other: Entry): number {
	return Temporal.Instant.compare(one.start, other.start);
}

function sum(values: number[]): number {
	return values.reduce((total, value) => total + value, 0);
}
