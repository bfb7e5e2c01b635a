import { describe, expect, test } from 'vitest';
import { vectors } from '../../tests/vectors.ts';
import { daysIn, MOST_DAYS, neighbour, orderly, rangeOf, yearOf } from './period.ts';

describe('a period as seen from a day', () => {
	test.each([
		['this_week', '2026-11-23', '2026-11-29'],
		['last_week', '2026-11-16', '2026-11-22'],
		['this_month', '2026-11-01', '2026-11-30'],
		['last_month', '2026-10-01', '2026-10-31'],
		['this_quarter', '2026-10-01', '2026-12-31'],
		['last_quarter', '2026-07-01', '2026-09-30'],
		['this_year', '2026-01-01', '2026-12-31']
	] as const)('%s', (name, from, to) => {
		expect(rangeOf(name, '2026-11-29', 1)).toEqual({ from, to });
	});

	test('the month and the quarter before January are of the year before', () => {
		expect(rangeOf('last_month', '2026-01-31', 1)).toEqual({ from: '2025-12-01', to: '2025-12-31' });
		expect(rangeOf('last_quarter', '2026-01-31', 1)).toEqual({ from: '2025-10-01', to: '2025-12-31' });
	});

	test('February is as long as its year makes it', () => {
		expect(rangeOf('last_month', '2024-03-31', 1).to).toBe('2024-02-29');
		expect(rangeOf('last_month', '2026-03-31', 1).to).toBe('2026-02-28');
	});

	const { starts } = vectors<{ starts: { date: string; first_day_of_week: number; week_start: string }[] }>(
		'weeks'
	);
	test.each(starts)('the week of $date begins on $week_start', ({ date, first_day_of_week, week_start }) => {
		const week = rangeOf('this_week', date, first_day_of_week);
		expect(week.from).toBe(week_start);
		expect(daysIn(week)).toBe(7);
		expect(neighbour(week, -1)).toEqual(rangeOf('last_week', date, first_day_of_week));
	});
});

describe('the neighbour of a range', () => {
	test.each([
		['a month', '2026-01-01', '2026-01-31', '2026-02-01', '2026-02-28'],
		['a quarter', '2026-10-01', '2026-12-31', '2027-01-01', '2027-03-31'],
		['a year', '2024-01-01', '2024-12-31', '2025-01-01', '2025-12-31'],
		['a week', '2026-11-23', '2026-11-29', '2026-11-30', '2026-12-06'],
		['a day', '2026-02-28', '2026-02-28', '2026-03-01', '2026-03-01'],
		['ten days', '2026-11-20', '2026-11-29', '2026-11-30', '2026-12-09']
	])('%s', (_, from, to, nextFrom, nextTo) => {
		const next = { from: nextFrom, to: nextTo };
		expect(neighbour({ from, to }, 1)).toEqual(next);
		expect(neighbour(next, -1)).toEqual({ from, to });
	});
});

test('a range is put in order and cut to what the server answers for', () => {
	expect(orderly({ from: '2026-02-01', to: '2026-01-01' })).toEqual({ from: '2026-01-01', to: '2026-02-01' });
	const long = orderly({ from: '2020-01-01', to: '2026-01-01' });
	expect(daysIn(long)).toBe(MOST_DAYS);
});

test('the year beside a range is that of its end', () => {
	expect(yearOf({ from: '2025-12-29', to: '2026-01-04' })).toEqual({ from: '2026-01-01', to: '2026-12-31' });
});
