import { describe, expect, test } from 'vitest';
import type { ImportOverlap, ImportRefusal, ImportReport } from '#lib/api/index.ts';
import { entriesOf, lostSeconds, monthsOf, overlapCount, rangeOf, unreadableCount } from './report.ts';

const day = (date: string, seconds: number, existing_seconds = 0) => ({ date, seconds, existing_seconds });
const overlap = (resolution: ImportOverlap['resolution'], lost_seconds = 60) =>
	({ resolution, lost_seconds }) as ImportOverlap;
const rows = (counts: Partial<ImportReport['rows']>) => ({
	total: 0,
	ready: 0,
	already_imported: 0,
	refused: 0,
	skipped: 0,
	trimmed: 0,
	...counts
});

test('days are summed by month, and the sums are those of the days', () => {
	const days = [day('2024-01-31', 3600, 60), day('2024-02-29', 1), day('2024-02-01', 2, 5)];
	expect(monthsOf(days)).toEqual([
		{ first: '2024-01-01', days: [days[0]], seconds: 3600, existingSeconds: 60 },
		{ first: '2024-02-01', days: [days[1], days[2]], seconds: 3, existingSeconds: 5 }
	]);
});

test('whole and shortened rows come in', () => {
	expect(entriesOf({ rows: rows({ ready: 3, trimmed: 2, refused: 9, skipped: 4 }) })).toBe(5);
});

describe('the range of a report', () => {
	const member = (...dates: string[]) =>
		({ days: dates.map((date) => day(date, 1)) }) as ImportReport['members'][number];

	test('spans all members', () => {
		const members = [member('2024-05-06', '2024-05-07'), member('2023-12-31')];
		expect(rangeOf({ members })).toEqual({ from: '2023-12-31', to: '2024-05-07' });
	});

	test('is at most the last year, which is what reports show', () => {
		expect(rangeOf({ members: [member('2021-01-01', '2024-12-31')] })).toEqual({
			from: '2024-01-01',
			to: '2024-12-31'
		});
	});

	test('is none where nobody has a day', () => {
		expect(rangeOf({ members: [member()] })).toBeNull();
	});
});

test('refused rows are those that cannot be read and those in the way, each counted once', () => {
	const report = {
		rows: rows({ refused: 3, skipped: 1, trimmed: 1 }),
		overlaps: [overlap('refused'), overlap('refused', 30), overlap('skipped'), overlap('trimmed', 0)],
		refused: [{}] as ImportRefusal[]
	};
	expect([overlapCount(report), unreadableCount(report)]).toEqual([4, 1]);
	expect(lostSeconds(report.overlaps)).toBe(150);
});

test('rows beyond those that a report lists are counted all the same', () => {
	const report = { rows: rows({ skipped: 12_000 }), overlaps: [overlap('skipped')], refused: [] };
	expect(overlapCount(report)).toBe(12_000);
});
