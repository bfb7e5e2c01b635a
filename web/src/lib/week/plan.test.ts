import { describe, expect, test } from 'vitest';
import { vectors } from '../../tests/vectors.ts';
import type { Entry } from '#lib/api/types.ts';
import { secondsOf } from '#lib/time/civil.ts';
import { cellOf } from './grid.ts';
import { planFor } from './plan.ts';

interface OnADate {
	time_zone: string;
	date: string;
	typed: string;
	start_utc?: string;
	end_utc?: string;
	seconds?: number;
	refused?: string;
}

const vienna = 'Europe/Vienna';
const day = '2026-06-15';

function entry(start: string, end: string | null, more: Partial<Entry> = {}): Entry {
	const seconds = end === null ? null : secondsOf(end) - secondsOf(start);
	return {
		id: start,
		project_id: 'acme',
		work_date: start.slice(0, 10),
		time_zone: vienna,
		note: 'kept',
		tags: ['kept'],
		billable: true,
		deleted: false,
		start,
		end,
		seconds,
		...more
	} as Entry;
}

const morning = entry(`${day}T08:00:00+02:00`, `${day}T10:00:00+02:00`);
const noon = entry(`${day}T12:00:00+02:00`, `${day}T13:00:00+02:00`);
const other = entry(`${day}T14:00:00+02:00`, `${day}T15:30:00+02:00`, { project_id: 'other' });

function typed(text: string, entries: Entry[], date = day, timeZone = vienna) {
	return planFor(text, cellOf(entries, 'acme', date), entries, timeZone);
}

describe('a span typed into an empty cell', () => {
	const { on_a_date: cases } = vectors<{ on_a_date: OnADate[] }>('durations');

	test('there are dates where it works and dates where it does not', () => {
		expect(cases.some(({ refused }) => refused)).toBe(true);
		expect(cases.some(({ refused }) => !refused)).toBe(true);
	});

	test.each(cases)('$typed on $date in $time_zone is what the vectors say', (vector) => {
		const plan = typed(vector.typed, [], vector.date, vector.time_zone);
		if (vector.refused) {
			const why = vector.refused.includes('twice') ? 'repeated' : 'skipped';
			expect(plan).toEqual({ kind: 'refused', why });
			return;
		}
		if (plan.kind !== 'create') throw new Error(`not a new entry but ${plan.kind}`);
		expect(secondsOf(plan.body.start)).toBe(secondsOf(vector.start_utc!));
		expect(secondsOf(plan.body.end)).toBe(secondsOf(vector.end_utc!));
		expect(secondsOf(plan.body.end) - secondsOf(plan.body.start)).toBe(vector.seconds);
		expect(plan.body.start.slice(0, 10)).toBe(vector.date);
	});
});

describe('a duration typed into an empty cell', () => {
	test('starts at nine where the day has no entry', () => {
		expect(typed('1:30', [])).toEqual({
			kind: 'create',
			body: {
				start: `${day}T09:00:00+02:00`,
				end: `${day}T10:30:00+02:00`,
				time_zone: vienna,
				project_id: 'acme'
			}
		});
	});

	test('starts after the last entry of the day, of whatever project', () => {
		expect(typed('1', [other])).toMatchObject({
			body: { start: `${day}T15:30:00+02:00`, end: `${day}T16:30:00+02:00` }
		});
	});

	test('starts after the last entry also where that ends before nine', () => {
		const early = { ...entry(`${day}T05:00:00+02:00`, `${day}T06:00:00+02:00`), project_id: 'other' };
		expect(typed('1', [early])).toMatchObject({ body: { start: `${day}T06:00:00+02:00` } });
	});

	test('waits for a night that began the day before and reaches past nine', () => {
		const night = entry('2026-06-14T22:00:00+02:00', `${day}T11:00:00+02:00`);
		expect(typed('1', [night])).toMatchObject({ body: { start: `${day}T11:00:00+02:00` } });
	});

	test('has no room after an entry that ends on the next day', () => {
		const night = { ...entry(`${day}T22:00:00+02:00`, '2026-06-16T06:00:00+02:00'), project_id: 'other' };
		expect(typed('1', [night])).toEqual({ kind: 'refused', why: 'no_room' });
	});

	test('leaves what is running to the server', () => {
		const open = { ...entry(`${day}T13:00:00+02:00`, null), project_id: 'other' };
		expect(typed('1', [open])).toMatchObject({ kind: 'create', body: { start: `${day}T09:00:00+02:00` } });
	});

	test('lasts as long as it says over a change of the clock', () => {
		expect(typed('20', [], '2026-10-24')).toMatchObject({
			body: { start: '2026-10-24T09:00:00+02:00', end: '2026-10-25T04:00:00+01:00' }
		});
	});
});

describe('typing over one entry', () => {
	test('a duration moves its end and keeps all else', () => {
		expect(typed('3', [morning])).toEqual({
			kind: 'replace',
			entry: morning,
			body: {
				start: morning.start,
				end: `${day}T11:00:00+02:00`,
				time_zone: vienna,
				project_id: 'acme',
				note: 'kept',
				tags: ['kept'],
				billable: true
			}
		});
	});

	test('its own duration changes nothing', () => {
		expect(typed('2:00', [morning])).toEqual({ kind: 'nothing' });
	});

	test.each(['', '0', '0:00'])('%j removes it', (text) => {
		expect(typed(text, [morning])).toEqual({ kind: 'remove', entry: morning });
	});

	test('a span that meets it moves it', () => {
		expect(typed('7:30-9', [morning])).toMatchObject({
			kind: 'replace',
			entry: morning,
			body: { start: `${day}T07:30:00+02:00`, end: `${day}T09:00:00+02:00`, note: 'kept' }
		});
	});

	test('a span beside it is another entry', () => {
		expect(typed('10-11', [morning])).toMatchObject({ kind: 'create' });
	});
});

describe('typing over several entries', () => {
	test.each(['5', '', '0', '9-13'])('%j asks which is meant', (text) => {
		expect(typed(text, [morning, noon])).toEqual({ kind: 'choose' });
	});

	test('a span that meets one of them moves that one', () => {
		expect(typed('12-14', [morning, noon])).toMatchObject({ kind: 'replace', entry: noon });
	});
});

test.each([
	['-1', 'negative'],
	['25', 'too_long'],
	['9-25', 'out_of_range'],
	['9-9', 'ambiguous'],
	['soon', 'unreadable']
])('%j is refused as %s', (text, why) => {
	expect(typed(text, [morning])).toEqual({ kind: 'refused', why });
});

test('nothing typed into an empty cell is nothing', () => {
	expect(typed('', [])).toEqual({ kind: 'nothing' });
});
