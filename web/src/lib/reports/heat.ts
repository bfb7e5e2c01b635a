/** A year of days as a map of weeks by weekdays, darker where more time was spent. */
import { addDays, weekStart } from '#lib/time/civil.ts';
import type { Range } from './period.ts';

export interface HeatDay {
	date: string;
	seconds: number;
	/** 0 for none, then four steps. */
	level: number;
	/** The week, counted from the year's first. */
	column: number;
	/** The place in the week, from its first day. */
	row: number;
}

export interface HeatMap {
	days: HeatDay[];
	columns: number;
	/** The column that each month begins in. */
	months: { date: string; column: number }[];
}

export function heatMapOf(year: Range, seconds: ReadonlyMap<string, number>, firstDay: number): HeatMap {
	const origin = weekStart(year.from, firstDay);
	const bounds = boundsOf([...seconds.values()]);
	const days: HeatDay[] = [];
	let index = Temporal.PlainDate.from(origin).until(year.from).days;
	for (let date = year.from; date <= year.to; date = addDays(date, 1), index += 1) {
		const spent = seconds.get(date) ?? 0;
		days.push({
			date,
			seconds: spent,
			level: levelOf(spent, bounds),
			column: Math.floor(index / 7),
			row: index % 7
		});
	}
	const months = days
		.filter(({ date }) => date.endsWith('-01'))
		.map(({ date, column }) => ({ date, column }));
	return { days, columns: (days.at(-1)?.column ?? 0) + 1, months };
}

/** The date that an arrow key leads to: along the week or to the same weekday of another; null where it ends. */
export function dateBeside(date: string, key: string, year: Range): string | null {
	const steps: Record<string, number> = { ArrowUp: -1, ArrowDown: 1, ArrowLeft: -7, ArrowRight: 7 };
	const step = steps[key];
	if (step === undefined) return key === 'Home' ? year.from : key === 'End' ? year.to : null;
	const beside = addDays(date, step);
	return beside < year.from || beside > year.to ? null : beside;
}

/** The upper bounds of the three lower steps: a quarter of the days that have time lies in each. */
function boundsOf(values: number[]): number[] {
	const sorted = values.filter((value) => value > 0).sort((one, other) => one - other);
	return [0.25, 0.5, 0.75].map((share) => sorted[Math.ceil(sorted.length * share) - 1] ?? 0);
}

function levelOf(seconds: number, bounds: number[]): number {
	if (seconds === 0) return 0;
	return 1 + bounds.filter((bound) => seconds > bound).length;
}
