import { describe, expect, test } from 'vitest';
import { vectors } from '../../tests/vectors.ts';
import {
	date,
	dateRange,
	duration,
	durationWithSeconds,
	exactTime,
	runningDuration,
	time
} from './format.ts';

interface Shown {
	seconds: number;
	clock: string;
	clock_with_seconds: string;
	decimal_en: string;
	decimal_de: string;
}

const { shown } = vectors<{ shown: Shown[] }>('durations');

describe('durations', () => {
	test.each(shown)('$seconds s are shown as the vectors say', (vector) => {
		expect(duration(vector.seconds, 'clock', 'en')).toBe(vector.clock);
		expect(durationWithSeconds(vector.seconds)).toBe(vector.clock_with_seconds);
		expect(duration(vector.seconds, 'decimal', 'en')).toBe(vector.decimal_en);
		expect(duration(vector.seconds, 'decimal', 'de')).toBe(vector.decimal_de);
	});

	test('what runs shows only whole minutes that have passed', () => {
		expect(runningDuration(5439, 'clock', 'en')).toBe('1:30');
		expect(runningDuration(5459, 'clock', 'en')).toBe('1:30');
		expect(runningDuration(5460, 'clock', 'en')).toBe('1:31');
		expect(runningDuration(35, 'decimal', 'en')).toBe('0.00 h');
	});

	test('a difference below zero has a minus sign', () => {
		expect(duration(-5400, 'clock', 'en')).toBe('\u22121:30');
	});
});

describe('times and dates', () => {
	test('a time is shown on the 24-hour clock of the zone', () => {
		expect(time('2026-10-25T00:30:00Z', 'Europe/Vienna', 'en')).toBe('02:30');
		expect(time('2026-06-15T22:00:00Z', 'Europe/Vienna', 'de')).toBe('00:00');
		expect(time('2026-06-15T12:00:00Z', 'Asia/Kathmandu', 'en')).toBe('17:45');
	});

	test('both passes of the autumn night are told apart where it matters', () => {
		const first = exactTime('2026-10-25T00:30:00Z', 'Europe/Vienna', 'en');
		const second = exactTime('2026-10-25T01:30:00Z', 'Europe/Vienna', 'en');
		expect(first).not.toBe(second);
		expect(first).toContain('02:30:00');
		expect(second).toContain('02:30:00');
	});

	test('a civil date never shifts, whatever zone the device is in', () => {
		// The comma comes and goes with the browser's locale data.
		expect(date('2026-11-23', 'long', 'en')).toMatch(/^Monday,? 23 November 2026$/);
		expect(date('2026-11-23', 'long', 'de')).toBe('Montag, 23. November 2026');
		expect(date('2028-02-29', 'date', 'en')).toBe('29 Feb 2028');
	});

	test('a range of dates names what they share once', () => {
		expect(dateRange('2026-11-23', '2026-11-29', 'en').replace(/\s/g, ' ')).toMatch(/^23\s?–\s?29 Nov 2026$/);
	});
});
