/** The stacked bars of a report: what is in them, and where they stand. */
import type { ReportRow } from '#lib/api/types.ts';
import { addDays, weekStart } from '#lib/time/civil.ts';
import { sumOf } from './grouping.ts';
import { daysIn, type Range } from './period.ts';

/** More colours than these cannot be told apart; the rest shares one. */
const MOST_SERIES = 9;
const PATTERNS = 4;
/** A bar narrower than this cannot be pointed at. */
const LEAST_BAR = 8;

export interface Series {
	/** Null for time on no project, `rest` for the many small ones together. */
	projectId: string | null;
	rest: boolean;
	/** 0 is drawn plain; others carry a pattern, so that colour is never alone. */
	pattern: number;
	seconds: number;
}

/** One bar: a day, or a week where days would be too narrow. */
export interface Bucket {
	from: string;
	to: string;
	seconds: number;
	/** By series, in the order of the series. */
	parts: number[];
}

export interface Bar {
	x: number;
	width: number;
	/** From the base upwards; only those with time in them. */
	segments: { series: number; y: number; height: number }[];
}

export interface Tick {
	y: number;
	seconds: number;
}

/** The projects with the most time first; what exceeds the colours is put together last. */
export function seriesOf(rows: ReportRow[]): Series[] {
	const seconds = new Map<string | null, number>();
	for (const row of rows) {
		const projectId = row.project_id ?? null;
		seconds.set(projectId, (seconds.get(projectId) ?? 0) + row.seconds);
	}
	const all = [...seconds]
		.filter(([, sum]) => sum > 0)
		.sort(([one, left], [other, right]) => right - left || (one ?? '').localeCompare(other ?? ''));
	const shown = all.length > MOST_SERIES ? all.slice(0, MOST_SERIES - 1) : all;
	const series = shown.map(([projectId, sum], index) => ({
		projectId,
		rest: false,
		pattern: index % PATTERNS,
		seconds: sum
	}));
	const others = all.slice(shown.length).reduce((sum, [, more]) => sum + more, 0);
	return others === 0
		? series
		: [...series, { projectId: null, rest: true, pattern: series.length % PATTERNS, seconds: others }];
}

/** The bars of `range` that fit into `width`, empty ones included; weeks begin on `firstDay`. */
export function bucketsOf(
	rows: ReportRow[],
	series: Series[],
	range: Range,
	firstDay: number,
	width: number
): Bucket[] {
	const byWeek = daysIn(range) * LEAST_BAR > width;
	const byDate = new Map<string, ReportRow[]>();
	for (const row of rows) {
		const date = row.date ?? '';
		byDate.set(date, [...(byDate.get(date) ?? []), row]);
	}
	return spansOf(range, firstDay, byWeek).map(({ from, to }) => {
		const within: ReportRow[] = [];
		for (let date = from; date <= to; date = addDays(date, 1)) within.push(...(byDate.get(date) ?? []));
		return { from, to, seconds: sumOf(within), parts: partsOf(within, series) };
	});
}

function spansOf({ from, to }: Range, firstDay: number, byWeek: boolean): Range[] {
	const spans: Range[] = [];
	let start = from;
	while (start <= to) {
		const end = byWeek ? addDays(weekStart(start, firstDay), 6) : start;
		spans.push({ from: start, to: end < to ? end : to });
		start = addDays(end, 1);
	}
	return spans;
}

function partsOf(rows: ReportRow[], series: Series[]): number[] {
	const rest = series.findIndex((one) => one.rest);
	const parts = series.map(() => 0);
	for (const row of rows) {
		const own = series.findIndex((one) => !one.rest && one.projectId === (row.project_id ?? null));
		const index = own < 0 ? rest : own;
		if (index >= 0) parts[index] = (parts[index] ?? 0) + row.seconds;
	}
	return parts;
}

/** Where the bars stand in a plot of `width` by `height` pixels, and the lines behind them. */
export function layout(
	buckets: Bucket[],
	width: number,
	height: number
): { bars: Bar[]; ticks: Tick[]; slot: number } {
	const { top, step } = scaleFor(Math.max(0, ...buckets.map(({ seconds }) => seconds)));
	const slot = buckets.length > 0 ? width / buckets.length : width;
	const barWidth = Math.min(48, Math.max(2, slot * 0.72));
	const ticks = Array.from({ length: Math.round(top / step) + 1 }, (_, index) => ({
		seconds: index * step,
		y: height - (index * step * height) / top
	}));
	const bars = buckets.map((bucket, index) => {
		let below = 0;
		const segments = bucket.parts.flatMap((seconds, series) => {
			const base = height - (below * height) / top;
			below += seconds;
			const y = height - (below * height) / top;
			return seconds > 0 ? [{ series, y, height: base - y }] : [];
		});
		return { x: slot * index + (slot - barWidth) / 2, width: barWidth, segments };
	});
	return { bars, ticks, slot };
}

/** An upper edge of whole steps, four to six of them where there is time at all. */
export function scaleFor(most: number): { top: number; step: number } {
	const hour = 3600;
	const steps = [hour / 4, hour / 2, hour, 2 * hour, 4 * hour, 5 * hour];
	let step = steps.find((one) => most <= one * 5) ?? 10 * hour;
	while (most > step * 5) step *= 2;
	return { step, top: Math.max(1, Math.ceil(most / step)) * step };
}

/** Which bars get a label, so that labels of `labelWidth` do not run into each other. */
export function labelEvery(bars: number, slot: number, labelWidth: number): number {
	if (slot <= 0) return Math.max(1, bars);
	return Math.max(1, Math.ceil(labelWidth / slot));
}
