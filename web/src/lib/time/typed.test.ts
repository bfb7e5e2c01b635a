import { describe, expect, test } from 'vitest';
import { vectors } from '../../tests/vectors.ts';
import { readTimeOfDay, readTyped } from './typed.ts';

type Vector =
	| { typed: string; kind: 'duration'; seconds: number }
	| { typed: string; kind: 'span'; start: string; end: string; end_days_later: number }
	| { typed: string; kind: 'refused'; why: string };

const { typed } = vectors<{ typed: Vector[] }>('durations');

describe('what is typed into a cell', () => {
	test('there are vectors of every kind', () => {
		expect(new Set(typed.map(({ kind }) => kind))).toEqual(new Set(['duration', 'span', 'refused']));
	});

	test.each(typed)('$typed is read as the vectors say', (vector) => {
		const read = readTyped(vector.typed);
		expect(read.kind).toBe(vector.kind);
		if (vector.kind === 'duration') expect(read).toEqual({ kind: 'duration', seconds: vector.seconds });
		if (vector.kind === 'span') {
			const { start, end, end_days_later: endDaysLater } = vector;
			expect(read).toEqual({ kind: 'span', start, end, endDaysLater });
		}
	});

	test.each([
		['', 'empty'],
		['-1:30', 'negative'],
		['25:00', 'too_long'],
		['1:60', 'out_of_range'],
		['9-9', 'ambiguous'],
		['1:5', 'ambiguous'],
		['eight', 'unreadable']
	])('%j is refused as %s', (text, why) => {
		expect(readTyped(text)).toEqual({ kind: 'refused', why });
	});
});

describe('a time of day', () => {
	test.each([
		['9', '09:00'],
		['9:30', '09:30'],
		['09.30', '09:30'],
		['930', '09:30'],
		['1745', '17:45'],
		[' 7:05 ', '07:05'],
		['0:00', '00:00']
	])('%j is %s', (text, time) => {
		expect(readTimeOfDay(text)).toBe(time);
	});

	test.each(['', '24:00', '9:60', 'nine', '9:3', '12345', '-1', '9-10'])('%j is none', (text) => {
		expect(readTimeOfDay(text)).toBeNull();
	});
});
