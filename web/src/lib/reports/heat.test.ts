import { describe, expect, test } from 'vitest';
import { dateBeside, heatMapOf } from './heat.ts';

const year = { from: '2026-01-01', to: '2026-12-31' };

describe('a year as a map', () => {
	test('has every day once, each in its own place', () => {
		const { days, columns } = heatMapOf(year, new Map(), 1);
		expect(days).toHaveLength(365);
		expect(new Set(days.map(({ column, row }) => `${column}:${row}`)).size).toBe(365);
		expect(columns).toBe(53);
	});

	test('begins its weeks on the first day of the organisation', () => {
		// 2026-01-01 is a Thursday.
		expect(heatMapOf(year, new Map(), 1).days[0]).toMatchObject({ column: 0, row: 3 });
		expect(heatMapOf(year, new Map(), 7).days[0]).toMatchObject({ column: 0, row: 4 });
		expect(heatMapOf(year, new Map(), 4).days[0]).toMatchObject({ column: 0, row: 0 });
	});

	test('a leap year that begins on the last day of a week has 54 columns', () => {
		const leap = { from: '2012-01-01', to: '2012-12-31' };
		const { days, columns } = heatMapOf(leap, new Map(), 1);
		expect(days).toHaveLength(366);
		expect(columns).toBe(54);
	});

	test('has four steps of time, and none for no time', () => {
		const seconds = new Map([
			['2026-01-01', 100],
			['2026-01-02', 200],
			['2026-01-03', 300],
			['2026-01-04', 400]
		]);
		const levels = heatMapOf(year, seconds, 1)
			.days.slice(0, 5)
			.map(({ level }) => level);
		expect(levels).toEqual([1, 2, 3, 4, 0]);
	});

	test('names each month at the week it begins in', () => {
		const { months } = heatMapOf(year, new Map(), 1);
		expect(months).toHaveLength(12);
		expect(months[0]).toEqual({ date: '2026-01-01', column: 0 });
		expect(months[1]).toEqual({ date: '2026-02-01', column: 4 });
	});
});

test('arrow keys walk the map and stop at the ends of the year', () => {
	expect(dateBeside('2026-03-10', 'ArrowRight', year)).toBe('2026-03-17');
	expect(dateBeside('2026-03-10', 'ArrowUp', year)).toBe('2026-03-09');
	expect(dateBeside('2026-01-03', 'ArrowLeft', year)).toBeNull();
	expect(dateBeside('2026-03-10', 'End', year)).toBe('2026-12-31');
	expect(dateBeside('2026-03-10', 'x', year)).toBeNull();
});
