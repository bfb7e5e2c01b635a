import { describe, expect, test } from 'vitest';
import { vectors } from '../../tests/vectors.ts';
import { instantIn, secondsOf } from '#lib/time/civil.ts';
import { readTyped } from '#lib/time/typed.ts';
import { spanOn, withDuration, withEnd, withStart } from './edit.ts';

const vienna = 'Europe/Vienna';
const morning = { start: '2026-06-15T08:00:00+02:00', end: '2026-06-15T12:00:00+02:00', time_zone: vienna };
const night = { start: '2026-06-15T22:00:00+02:00', end: '2026-06-16T06:00:00+02:00', time_zone: vienna };

describe('editing an entry in place', () => {
	test('a new start keeps the end', () => {
		expect(withStart(morning, '7:45')).toEqual({ start: '2026-06-15T07:45:00+02:00', end: morning.end });
	});

	test('a start after the end is refused', () => {
		expect(withStart(morning, '12:01')).toEqual({ fault: { why: 'bad_end' } });
	});

	test('an end before the start is on the next day', () => {
		expect(withEnd(night, '5:30')).toEqual({ start: night.start, end: '2026-06-16T05:30:00+02:00' });
	});

	test('an end after the start is on the same day, also where it was on the next', () => {
		expect(withEnd(night, '23:00')).toEqual({ start: night.start, end: '2026-06-15T23:00:00+02:00' });
	});

	test('a duration moves the end, over midnight too', () => {
		expect(withDuration(night, '9:00')).toEqual({ start: night.start, end: '2026-06-16T07:00:00+02:00' });
	});

	test('what cannot be read is refused and says which kind it was', () => {
		expect(withStart(morning, 'early')).toEqual({ fault: { why: 'bad_time' } });
		expect(withDuration(morning, '9-10')).toEqual({ fault: { why: 'bad_duration' } });
	});

	test('an entry longer than a day keeps its last date', () => {
		const long = { start: '2026-06-15T08:00:00+02:00', end: '2026-06-17T08:00:00+02:00', time_zone: vienna };
		expect(withEnd(long, '10:00')).toEqual({ start: long.start, end: '2026-06-17T10:00:00+02:00' });
	});
});

describe('nights on which clocks change', () => {
	test('a time that the clock skips is refused by name', () => {
		expect(spanOn('2026-03-29', vienna, '2:30', '4:00')).toEqual({
			fault: { why: 'skipped_time', time: '02:30' }
		});
	});

	test('a time that comes twice stays in the pass that the entry was in', () => {
		const second = {
			start: '2026-10-25T02:15:00+01:00',
			end: '2026-10-25T05:00:00+01:00',
			time_zone: vienna
		};
		expect(withStart(second, '2:30')).toMatchObject({ start: '2026-10-25T02:30:00+01:00' });
		const first = { ...second, start: '2026-10-25T02:15:00+02:00' };
		expect(withStart(first, '2:30')).toMatchObject({ start: '2026-10-25T02:30:00+02:00' });
	});

	test('a duration is elapsed time', () => {
		const october = {
			start: '2026-10-24T22:00:00+02:00',
			end: '2026-10-25T05:00:00+01:00',
			time_zone: vienna
		};
		expect(withDuration(october, '9')).toMatchObject({ end: '2026-10-25T06:00:00+01:00' });
	});
});

interface OnADate {
	time_zone: string;
	date: string;
	typed: string;
	start_utc?: string;
	end_utc?: string;
}
const { on_a_date } = vectors<{ on_a_date: OnADate[] }>('durations');

describe('spans typed for a date', () => {
	const allowed = on_a_date.filter((vector) => vector.start_utc);
	test.each(allowed)('$typed on $date in $time_zone', (vector) => {
		const typed = readTyped(vector.typed);
		if (typed.kind !== 'span') throw new Error(`${vector.typed} is no span`);
		// A whole day is the week grid's to enter; a row's end of 0:00 there would be a length of zero.
		if (typed.start === typed.end) return expect(typed).toMatchObject({ start: '00:00', endDaysLater: 1 });
		const edited = spanOn(vector.date, vector.time_zone, typed.start, typed.end);
		if ('fault' in edited) throw new Error(edited.fault.why);
		const utc = (instant: string) => instantIn('UTC', secondsOf(instant) * 1000).replace('+00:00', 'Z');
		expect([utc(edited.start), utc(edited.end!)]).toEqual([vector.start_utc, vector.end_utc]);
	});
});
