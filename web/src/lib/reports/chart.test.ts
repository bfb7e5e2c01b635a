import { describe, expect, test } from 'vitest';
import type { ReportRow } from '#lib/api/types.ts';
import { bucketsOf, labelEvery, layout, scaleFor, seriesOf } from './chart.ts';
import { sumOf } from './grouping.ts';

const week = { from: '2026-11-23', to: '2026-11-29' };
const rows: ReportRow[] = [
	{ date: '2026-11-23', project_id: 'a', seconds: 3600 },
	{ date: '2026-11-23', project_id: 'b', seconds: 7200 },
	{ date: '2026-11-25', project_id: null, seconds: 1800 }
];

describe('the series', () => {
	test('the project with the most time comes first', () => {
		expect(seriesOf(rows).map(({ projectId }) => projectId)).toEqual(['b', 'a', null]);
	});

	test('neighbours differ in pattern, so that colour is never alone', () => {
		const patterns = seriesOf(rows).map(({ pattern }) => pattern);
		expect(patterns).toEqual([0, 1, 2]);
	});

	test('many projects are nine series, and nothing is lost', () => {
		const many = Array.from({ length: 30 }, (_, index) => ({
			date: '2026-11-23',
			project_id: `p${index}`,
			seconds: 100 + index
		}));
		const series = seriesOf(many);
		expect(series).toHaveLength(9);
		expect(series.at(-1)).toMatchObject({ rest: true });
		expect(sumOf(series)).toBe(sumOf(many));
		const [bucket] = bucketsOf(many, series, week, 1, 1000);
		expect(bucket!.parts.reduce((sum, part) => sum + part, 0)).toBe(bucket!.seconds);
	});
});

describe('the bars', () => {
	const series = seriesOf(rows);

	test('there is one for every day, also for empty ones', () => {
		const buckets = bucketsOf(rows, series, week, 1, 1000);
		expect(buckets.map(({ seconds }) => seconds)).toEqual([10_800, 0, 1800, 0, 0, 0, 0]);
		expect(buckets[0]!.parts).toEqual([7200, 3600, 0]);
	});

	test('where days would be too narrow they are weeks, cut at the ends of the range', () => {
		const range = { from: '2026-11-25', to: '2026-12-10' };
		const buckets = bucketsOf(rows, series, range, 1, 100);
		expect(buckets.map(({ from, to }) => [from, to])).toEqual([
			['2026-11-25', '2026-11-29'],
			['2026-11-30', '2026-12-06'],
			['2026-12-07', '2026-12-10']
		]);
	});

	test('are as high as their time and stand on each other', () => {
		const { bars, ticks } = layout(bucketsOf(rows, series, week, 1, 700), 700, 120);
		expect(ticks.at(-1)).toEqual({ seconds: 10_800, y: 0 });
		const [first] = bars;
		expect(first!.segments).toEqual([
			{ series: 0, y: 40, height: 80 },
			{ series: 1, y: 0, height: 40 }
		]);
		expect(bars[1]!.segments).toEqual([]);
	});

	test('stay inside the plot, in order and apart', () => {
		const { bars } = layout(bucketsOf(rows, series, week, 1, 350), 350, 120);
		bars.forEach((bar, index) => {
			const before = bars[index - 1];
			expect(bar.x).toBeGreaterThanOrEqual(before ? before.x + before.width : 0);
			expect(bar.x + bar.width).toBeLessThanOrEqual(350);
		});
	});

	test('without any time there is a scale and no bar', () => {
		const { bars, ticks } = layout(bucketsOf([], [], week, 1, 700), 700, 120);
		expect(bars.every(({ segments }) => segments.length === 0)).toBe(true);
		expect(ticks.every(({ y }) => Number.isFinite(y))).toBe(true);
	});
});

test.each([0, 1, 900, 3600, 28_800, 86_400, 400_000, 9_000_000])(
	'the scale holds %i seconds in a few whole steps',
	(most) => {
		const { top, step } = scaleFor(most);
		expect(top).toBeGreaterThanOrEqual(most);
		expect(top % step).toBe(0);
		expect(top / step).toBeLessThanOrEqual(5);
	}
);

test('labels that would run into each other are thinned out', () => {
	expect(labelEvery(7, 100, 50)).toBe(1);
	expect(labelEvery(31, 20, 50)).toBe(3);
	expect(labelEvery(31, 0, 50)).toBe(31);
});
