/** What a change typed into an entry's row means in instants. */
import { addDays, atWallClock, dateOf, instantIn, secondsOf, wallClockOf } from '#lib/time/civil.ts';
import { readTimeOfDay, readTyped } from '#lib/time/typed.ts';

export type EditFault =
	{ why: 'bad_time' } | { why: 'bad_end' } | { why: 'bad_duration' } | { why: 'skipped_time'; time: string };
export type Edited = { start: string; end: string | null } | { fault: EditFault };

interface Times {
	start: string;
	end: string | null;
	time_zone: string;
}

const DAY_SECONDS = 24 * 3600;

/** A new time of day for the start, on the date it has. */
export function withStart(entry: Times, text: string): Edited {
	const moment = resolve(dateOf(entry.start, entry.time_zone), text, entry.time_zone, entry.start);
	if (typeof moment !== 'string') return moment;
	if (entry.end !== null && secondsOf(entry.end) < secondsOf(moment)) return { fault: { why: 'bad_end' } };
	return { start: moment, end: entry.end };
}

/** A new time of day for the end: the first such time after the start, unless the entry is longer than a day. */
export function withEnd(entry: Times, text: string): Edited {
	const startDate = dateOf(entry.start, entry.time_zone);
	const longerThanDay = entry.end !== null && secondsOf(entry.end) - secondsOf(entry.start) > DAY_SECONDS;
	const first = entry.end !== null && longerThanDay ? dateOf(entry.end, entry.time_zone) : startDate;
	for (const date of [first, addDays(startDate, 1)]) {
		const moment = resolve(date, text, entry.time_zone, entry.end ?? entry.start);
		if (typeof moment !== 'string') return moment;
		if (secondsOf(moment) >= secondsOf(entry.start)) return { start: entry.start, end: moment };
	}
	return { fault: { why: 'bad_end' } };
}

/** A new length: the start stays. */
export function withDuration(entry: Times, text: string): Edited {
	const typed = readTyped(text);
	if (typed.kind !== 'duration') return { fault: { why: 'bad_duration' } };
	const end = (secondsOf(entry.start) + typed.seconds) * 1000;
	return { start: entry.start, end: instantIn(entry.time_zone, end) };
}

/** A new entry on `date` from two times of day; an end that is not after the start is on the next date. */
export function spanOn(date: string, timeZone: string, startText: string, endText: string): Edited {
	const start = resolve(date, startText, timeZone, null);
	if (typeof start !== 'string') return start;
	const edited = withEnd({ start, end: null, time_zone: timeZone }, endText);
	if ('fault' in edited || edited.end === null) return edited;
	if (secondsOf(edited.end) === secondsOf(start)) return { fault: { why: 'bad_end' } };
	return edited;
}

/** A time that the clock shows twice is taken in the pass that `near` is in, else in the first. */
function resolve(
	date: string,
	text: string,
	timeZone: string,
	near: string | null
): string | { fault: EditFault } {
	const time = readTimeOfDay(text);
	if (time === null) return { fault: { why: 'bad_time' } };
	const moment = atWallClock(date, time, timeZone);
	if (moment.kind === 'unique') return moment.instant;
	if (moment.kind === 'gap') return { fault: { why: 'skipped_time', time } };
	const offset = near === null ? null : instantIn(timeZone, secondsOf(near) * 1000).slice(-6);
	return offset !== null && moment.later.endsWith(offset) ? moment.later : moment.earlier;
}

/** What the row shows for an entry's times, and so what counts as unchanged. */
export function shownTimes(entry: Times): { start: string; end: string } {
	return {
		start: wallClockOf(entry.start, entry.time_zone),
		end: entry.end === null ? '' : wallClockOf(entry.end, entry.time_zone)
	};
}
