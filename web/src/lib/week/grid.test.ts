import { describe, expect, test } from 'vitest';
import type { Entry } from '#lib/api/types.ts';
import { weekDates } from '#lib/time/civil.ts';
import { cellOf, gridOf, isWhole } from './grid.ts';

const dates = weekDates('2026-06-15');
let number = 0;

function entry(
	project_id: string | null,
	work_date: string,
	seconds: number | null,
	more: Partial<Entry> = {}
) {
	number += 1;
	const start = `${work_date}T08:${String(number % 60).padStart(2, '0')}:00Z`;
	const end = seconds === null ? null : `${work_date}T20:00:00Z`;
	return { id: String(number), project_id, work_date, seconds, start, end, ...more } as Entry;
}

const byName = (one: string | null, other: string | null) => (one ?? 'zz').localeCompare(other ?? 'zz');

describe('the week as a grid', () => {
	const entries = [
		entry('b', '2026-06-15', 3600),
		entry('a', '2026-06-15', 61),
		entry('b', '2026-06-15', 1),
		entry(null, '2026-06-21', 7200),
		entry('a', '2026-06-17', null)
	];
	const grid = gridOf(entries, dates, [], byName);

	test('a cell is the sum of its closed entries, to the second', () => {
		expect(grid.rows.map((row) => row.projectId)).toEqual(['a', 'b', null]);
		expect(grid.rows[1]!.cells[0]).toMatchObject({ seconds: 3601, open: null });
		expect(grid.rows[1]!.cells[0]!.entries).toHaveLength(2);
	});

	test('what is running is shown and counts nothing', () => {
		expect(grid.rows[0]!.cells[2]!.open?.project_id).toBe('a');
		expect(grid.rows[0]!.cells[2]!.entries).toEqual([]);
		expect(grid.rows[0]!.seconds).toBe(61);
	});

	test('rows and columns sum to the same total', () => {
		expect(grid.rows.reduce((sum, row) => sum + row.seconds, 0)).toBe(grid.seconds);
		expect(grid.dayTotals).toEqual([3662, 0, 0, 0, 0, 0, 7200]);
		expect(grid.seconds).toBe(10862);
	});

	test('seconds are told where any cell has some, though the totals have none', () => {
		const halves = [entry('a', '2026-06-15', 90), entry('b', '2026-06-15', 30), entry('a', '2026-06-16', 30)];
		expect(isWhole(gridOf(halves, dates), 60)).toBe(false);
		expect(isWhole(gridOf([entry('a', '2026-06-15', 90), entry('a', '2026-06-15', 30)], dates), 60)).toBe(
			true
		);
	});

	test('entries of other weeks and deleted ones are left out', () => {
		const others = [entry('c', '2026-06-14', 60), entry('d', '2026-06-15', 60, { deleted: true })];
		expect(gridOf(others, dates).rows).toEqual([]);
	});

	test('a kept project has a row without entries, once', () => {
		const rows = gridOf(entries, dates, ['a', 'z'], byName).rows;
		expect(rows.map((row) => row.projectId)).toEqual(['a', 'b', 'z', null]);
	});
});

test('the entries of a cell come by start, whatever order they arrive in', () => {
	const late = entry('a', '2026-06-15', 60, { start: '2026-06-15T10:00:00Z' });
	const early = entry('a', '2026-06-15', 60, { start: '2026-06-15T11:00:00+03:00' });
	expect(cellOf([late, early], 'a', '2026-06-15').entries).toEqual([early, late]);
});
