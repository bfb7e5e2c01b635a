/**
 * What a person types into a cell, and what it means: `1:30`, `1.5`, `90m`, `1h 30`, `9-10:30`.
 * The rules are those of `testdata/vectors/durations.json`.
 */
export type Refusal = 'empty' | 'negative' | 'too_long' | 'out_of_range' | 'ambiguous' | 'unreadable';

export type Typed =
	| { kind: 'duration'; seconds: number }
	/** Wall-clock times of the cell's date; `endDaysLater` is 1 where the end is on the next date. */
	| { kind: 'span'; start: string; end: string; endDaysLater: number }
	| { kind: 'refused'; why: Refusal };

const DAY_SECONDS = 24 * 3600;
const DAY_MINUTES = 24 * 60;

export function readTyped(text: string): Typed {
	const typed = text.replace(/[\s\u00a0\u202f]+/g, ' ').trim();
	if (typed === '') return refused('empty');
	if (/^[-\u2212]\s?[\d.,]/.test(typed)) return refused('negative');
	return (
		readSpan(typed) ??
		readColons(typed) ??
		readDecimal(typed) ??
		readUnits(typed.toLowerCase()) ??
		refused('unreadable')
	);
}

function readSpan(typed: string): Typed | null {
	const match = /^(\d{1,2})(?::(\d{1,2}))? ?[-\u2013] ?(\d{1,2})(?::(\d{1,2}))?$/.exec(typed);
	if (!match) return null;
	const [, startHour, startMinute = '00', endHour, endMinute = '00'] = match;
	if (startMinute.length < 2 || endMinute.length < 2) return refused('ambiguous');
	const start = Number(startHour) * 60 + Number(startMinute);
	const end = Number(endHour) * 60 + Number(endMinute);
	const outOfRange =
		start >= DAY_MINUTES || end > DAY_MINUTES || Number(startMinute) > 59 || Number(endMinute) > 59;
	if (outOfRange) return refused('out_of_range');
	if (start === end) return refused('ambiguous');
	const endDaysLater = end === DAY_MINUTES || end < start ? 1 : 0;
	return { kind: 'span', start: wallClock(start), end: wallClock(end % DAY_MINUTES), endDaysLater };
}

function readColons(typed: string): Typed | null {
	const match = /^(\d*):(\d{1,2})(?::(\d{1,2}))?$/.exec(typed);
	if (!match) return null;
	const [, hours = '', minutes = '', seconds] = match;
	if (hours === '' && seconds !== undefined) return refused('unreadable');
	if (minutes.length < 2 || (seconds !== undefined && seconds.length < 2)) return refused('ambiguous');
	if (Number(minutes) > 59 || Number(seconds ?? 0) > 59) return refused('out_of_range');
	return duration(Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds ?? 0));
}

function readDecimal(typed: string): Typed | null {
	const match = /^(\d*)(?:[.,](\d{1,4}))?(?: ?h)?$/i.exec(typed);
	if (!match || (!match[1] && !match[2])) return null;
	// In ten-thousandths of an hour, so that no fraction of a second is ever a floating point number.
	const tenThousandths = Number(match[1] || 0) * 10_000 + Number((match[2] ?? '').padEnd(4, '0'));
	return duration(Math.floor((tenThousandths * 36 + 50) / 100));
}

function readUnits(typed: string): Typed | null {
	const match =
		/^(\d+) ?h ?(\d{1,2})$/.exec(typed) ??
		/^(?:(\d+) ?h ?)?(?:(\d+) ?(?:min|m) ?)?(?:(\d+) ?s)?$/.exec(typed);
	if (!match) return null;
	const [, hours, minutes, seconds] = match;
	const minutesTooMany = hours !== undefined && Number(minutes ?? 0) > 59;
	const secondsTooMany = (hours ?? minutes) !== undefined && Number(seconds ?? 0) > 59;
	if (minutesTooMany || secondsTooMany) return refused('out_of_range');
	return duration(Number(hours ?? 0) * 3600 + Number(minutes ?? 0) * 60 + Number(seconds ?? 0));
}

/** One time of day, as in `9`, `9:30`, `930` or `09.30`; null where it is none. */
export function readTimeOfDay(text: string): string | null {
	const match = /^\s*(\d{1,2})(?:[:.h]?(\d{2}))?\s*$/.exec(text);
	if (!match) return null;
	const minutes = Number(match[1]) * 60 + Number(match[2] ?? 0);
	if (Number(match[1]) > 23 || Number(match[2] ?? 0) > 59) return null;
	return wallClock(minutes);
}

function duration(seconds: number): Typed {
	return seconds > DAY_SECONDS ? refused('too_long') : { kind: 'duration', seconds };
}

function refused(why: Refusal): Typed {
	return { kind: 'refused', why };
}

function wallClock(minutes: number): string {
	return `${twoDigits(Math.floor(minutes / 60))}:${twoDigits(minutes % 60)}`;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
