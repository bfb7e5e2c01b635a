/** A civil day as a band from midnight to midnight: 24 hours on most days, 23, 25 or otherwise where clocks change. */
import { atWallClock, dayBounds, secondsOf } from '#lib/time/civil.ts';

export interface BandSpan<Item> {
	item: Item;
	/** Where it begins and how much of the band it covers, 0 to 1. */
	from: number;
	width: number;
	seconds: number;
	/** It began before this day, or goes on after it. */
	continuesBefore: boolean;
	continuesAfter: boolean;
}

export interface BandGap {
	from: number;
	width: number;
	seconds: number;
}

export interface Band<Item> {
	hours: number;
	ticks: { from: number; hour: number }[];
	spans: BandSpan<Item>[];
	/** The time between two spans; before the first and after the last there is none. */
	gaps: BandGap[];
	/** Where the present moment is, or null when it is on another day. */
	now: number | null;
}

interface Spanned {
	start: string;
	end: string | null;
}

/** Shorter breaks are the moment between two presses, not a gap. */
const LEAST_GAP_SECONDS = 60;

/** The band of `date` in `timeZone`; `now` in epoch seconds is where open spans end. */
export function dayBand<Item extends Spanned>(
	date: string,
	timeZone: string,
	items: Item[],
	now: number
): Band<Item> {
	const { start, end } = dayBounds(date, timeZone);
	const length = end - start;
	const spans = items
		.map((item) => clip(item, start, end, now))
		.filter((span) => span !== null)
		.sort((one, other) => one.from - other.from);
	return {
		hours: length / 3600,
		ticks: ticksOf(date, timeZone, start, length),
		spans,
		gaps: gapsBetween(spans, length),
		now: now >= start && now < end ? (now - start) / length : null
	};
}

function clip<Item extends Spanned>(
	item: Item,
	dayStart: number,
	dayEnd: number,
	now: number
): BandSpan<Item> | null {
	const from = secondsOf(item.start);
	const to = item.end === null ? Math.max(from, now) : secondsOf(item.end);
	const outside = to < dayStart || from >= dayEnd || (to === dayStart && from < to);
	if (outside) return null;
	const start = Math.max(from, dayStart);
	const end = Math.min(to, dayEnd);
	const length = dayEnd - dayStart;
	return {
		item,
		from: (start - dayStart) / length,
		width: (end - start) / length,
		seconds: end - start,
		continuesBefore: from < dayStart,
		continuesAfter: to > dayEnd
	};
}

function gapsBetween(spans: BandSpan<unknown>[], length: number): BandGap[] {
	const gaps: BandGap[] = [];
	let end = spans[0]?.from ?? 0;
	for (const span of spans) {
		const seconds = Math.round((span.from - end) * length);
		if (seconds >= LEAST_GAP_SECONDS) gaps.push({ from: end, width: span.from - end, seconds });
		end = Math.max(end, span.from + span.width);
	}
	return gaps;
}

/** The full hours that a clock shows on this day; an hour that is skipped has no tick, one that comes twice has one. */
function ticksOf(date: string, timeZone: string, start: number, length: number): Band<never>['ticks'] {
	const ticks = [];
	for (let hour = 0; hour < 24; hour += 1) {
		const moment = atWallClock(date, `${String(hour).padStart(2, '0')}:00`, timeZone);
		if (moment.kind === 'gap') continue;
		const instant = moment.kind === 'unique' ? moment.instant : moment.earlier;
		ticks.push({ from: (secondsOf(instant) - start) / length, hour });
	}
	return ticks;
}
