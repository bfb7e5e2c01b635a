/** What typing into a cell of the week asks for. Nothing here talks to the server, which has the last word. */
import { timesheets } from '#lib/api/index.ts';
import type { Entry, EntryFields, NewEntry } from '#lib/api/types.ts';
import { atWallClock, addDays, dateOf, instantIn, secondsOf } from '#lib/time/civil.ts';
import { readTyped, type Refusal, type Typed } from '#lib/time/typed.ts';
import type { Cell } from './grid.ts';

/** Where the first entry of a day starts when only its duration is given. */
const DAY_BEGINS = '09:00';

export type Why =
	| Exclude<Refusal, 'empty'>
	/** The clock skips or repeats an edge of the span on that date. */
	| 'skipped'
	| 'repeated'
	/** The last entry of the day ends on another date, so nothing can follow it. */
	| 'no_room';

export type Plan =
	| { kind: 'nothing' }
	| { kind: 'create'; body: NewEntry }
	| { kind: 'replace'; entry: Entry; body: EntryFields }
	| { kind: 'remove'; entry: Entry }
	/** Which of the cell's entries is meant, only a person can say. */
	| { kind: 'choose' }
	| { kind: 'refused'; why: Why };

/**
 * What `text` in `cell` means. A duration makes an entry after the day's last one, or sets the end of the cell's only
 * entry; a span is a new entry, or the new edges of the only entry that it meets; nothing or 0 removes the only entry.
 * `entries` are all that the week knows of, of every project.
 */
export function planFor(text: string, cell: Cell, entries: Entry[], timeZone: string): Plan {
	const typed = readTyped(text);
	if (typed.kind === 'refused') return typed.why === 'empty' ? emptied(cell) : refused(typed.why);
	if (typed.kind === 'span') return planSpan(typed, cell, timeZone);
	if (typed.seconds === 0) return emptied(cell);
	if (cell.entries.length > 1) return { kind: 'choose' };
	const [only] = cell.entries;
	return only ? lasting(only, typed.seconds) : following(cell, typed.seconds, entries, timeZone);
}

function emptied(cell: Cell): Plan {
	if (cell.entries.length > 1) return { kind: 'choose' };
	const [only] = cell.entries;
	return only ? { kind: 'remove', entry: only } : { kind: 'nothing' };
}

function planSpan(typed: Typed & { kind: 'span' }, cell: Cell, timeZone: string): Plan {
	const edges = edgesOn(cell.date, typed, timeZone);
	if ('why' in edges) return { kind: 'refused', why: edges.why };
	const met = cell.entries.filter((entry) => meets(entry, edges));
	if (met.length > 1) return { kind: 'choose' };
	const [entry] = met;
	if (!entry) return { kind: 'create', body: { ...edges, time_zone: timeZone, project_id: cell.projectId } };
	return { kind: 'replace', entry, body: { ...timesheets.fieldsOf(entry), ...edges, time_zone: timeZone } };
}

/** The instants of a typed span on `date`, or why it has none. */
export function edgesOn(
	date: string,
	span: { start: string; end: string; endDaysLater: number },
	timeZone: string
): { start: string; end: string } | { why: 'skipped' | 'repeated' } {
	const start = atWallClock(date, span.start, timeZone);
	const end = atWallClock(addDays(date, span.endDaysLater), span.end, timeZone);
	for (const edge of [start, end]) {
		if (edge.kind === 'gap') return { why: 'skipped' };
		if (edge.kind === 'fold') return { why: 'repeated' };
	}
	return start.kind === 'unique' && end.kind === 'unique'
		? { start: start.instant, end: end.instant }
		: { why: 'repeated' };
}

function meets(entry: Entry, span: { start: string; end: string }): boolean {
	if (entry.end === null) return false;
	return secondsOf(entry.start) < secondsOf(span.end) && secondsOf(span.start) < secondsOf(entry.end);
}

function lasting(entry: Entry, seconds: number): Plan {
	if (entry.seconds === seconds) return { kind: 'nothing' };
	const end = instantIn(entry.time_zone, (secondsOf(entry.start) + seconds) * 1000);
	return { kind: 'replace', entry, body: { ...timesheets.fieldsOf(entry), end } };
}

function following(cell: Cell, seconds: number, entries: Entry[], timeZone: string): Plan {
	const start = startAfter(cell.date, entries, timeZone);
	if (dateOf(instantIn('UTC', start * 1000), timeZone) !== cell.date)
		return { kind: 'refused', why: 'no_room' };
	const body: NewEntry = {
		start: instantIn(timeZone, start * 1000),
		end: instantIn(timeZone, (start + seconds) * 1000),
		time_zone: timeZone,
		project_id: cell.projectId
	};
	return { kind: 'create', body };
}

/** Epoch seconds at which a new entry of `date` starts: after the day's last one, else when the day begins. */
function startAfter(date: string, entries: Entry[], timeZone: string): number {
	const closed = entries.filter((entry) => entry.end !== null && !entry.deleted);
	const ends = (dates: (workDate: string) => boolean) =>
		closed.filter((entry) => dates(entry.work_date)).map((entry) => secondsOf(entry.end!));
	const ofTheDay = ends((workDate) => workDate === date);
	const begins = Temporal.PlainDateTime.from(`${date}T${DAY_BEGINS}`).toZonedDateTime(timeZone);
	const fallback = ofTheDay.length > 0 ? [] : [begins.epochMilliseconds / 1000];
	// A night that began the day before may reach past the morning.
	return Math.max(...ofTheDay, ...fallback, ...ends((workDate) => workDate < date));
}

function refused(why: Why): Plan {
	return { kind: 'refused', why };
}
