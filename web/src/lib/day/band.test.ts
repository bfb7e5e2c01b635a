import { describe, expect, test } from 'vitest';
import { secondsOf } from '#lib/time/civil.ts';
import { dayBand } from './band.ts';

const vienna = 'Europe/Vienna';
const span = (start: string, end: string | null) => ({ start, end });
const noon = secondsOf('2026-06-15T12:00:00+02:00');

describe('the band of a day', () => {
	test('an ordinary day has 24 hours and a span lies where its hours are', () => {
		const band = dayBand(
			'2026-06-15',
			vienna,
			[span('2026-06-15T06:00:00+02:00', '2026-06-15T12:00:00+02:00')],
			noon
		);
		expect(band.hours).toBe(24);
		expect(band.ticks).toHaveLength(24);
		expect(band.spans[0]).toMatchObject({ from: 0.25, width: 0.25, seconds: 6 * 3600 });
		expect(band.now).toBe(0.5);
	});

	test('the March day has 23 hours, no tick for the hour that is skipped, and its afternoon further left', () => {
		const band = dayBand(
			'2026-03-29',
			vienna,
			[span('2026-03-29T01:00:00+01:00', '2026-03-29T04:00:00+02:00')],
			noon
		);
		expect(band.hours).toBe(23);
		expect(band.ticks.map(({ hour }) => hour)).not.toContain(2);
		expect(band.ticks.find(({ hour }) => hour === 12)!.from).toBeCloseTo(11 / 23);
		expect(band.spans[0]!.seconds).toBe(2 * 3600);
	});

	test('the October day has 25 hours and the hour that comes twice is one tick', () => {
		const band = dayBand(
			'2026-10-25',
			vienna,
			[span('2026-10-25T02:00:00+02:00', '2026-10-25T02:00:00+01:00')],
			noon
		);
		expect(band.hours).toBe(25);
		expect(band.ticks).toHaveLength(24);
		expect(band.ticks.find(({ hour }) => hour === 3)!.from).toBeCloseTo(4 / 25);
		expect(band.spans[0]).toMatchObject({ seconds: 3600 });
		expect(band.spans[0]!.width).toBeCloseTo(1 / 25);
	});

	test('Lord Howe changes by half an hour', () => {
		expect(dayBand('2026-04-05', 'Australia/Lord_Howe', [], noon).hours).toBe(24.5);
		expect(dayBand('2026-10-04', 'Australia/Lord_Howe', [], noon).hours).toBe(23.5);
	});

	test('a night shift is cut at midnight on both days', () => {
		const night = span('2026-06-15T22:00:00+02:00', '2026-06-16T06:00:00+02:00');
		const first = dayBand('2026-06-15', vienna, [night], noon).spans[0]!;
		const second = dayBand('2026-06-16', vienna, [night], noon).spans[0]!;
		expect(first).toMatchObject({ seconds: 2 * 3600, continuesBefore: false, continuesAfter: true });
		expect(second).toMatchObject({
			from: 0,
			seconds: 6 * 3600,
			continuesBefore: true,
			continuesAfter: false
		});
		expect(dayBand('2026-06-17', vienna, [night], noon).spans).toEqual([]);
	});

	test('a span that ends at midnight is not on the next day', () => {
		const evening = span('2026-06-15T20:00:00+02:00', '2026-06-16T00:00:00+02:00');
		expect(dayBand('2026-06-16', vienna, [evening], noon).spans).toEqual([]);
		expect(dayBand('2026-06-15', vienna, [evening], noon).spans[0]!.continuesAfter).toBe(false);
	});

	test('the open span reaches to the present', () => {
		const band = dayBand('2026-06-15', vienna, [span('2026-06-15T09:00:00+02:00', null)], noon);
		expect(band.spans[0]!.seconds).toBe(3 * 3600);
	});

	test('gaps lie between spans only, and the moment between two presses is none', () => {
		const band = dayBand(
			'2026-06-15',
			vienna,
			[
				span('2026-06-15T13:00:00+02:00', '2026-06-15T17:00:00+02:00'),
				span('2026-06-15T08:00:00+02:00', '2026-06-15T10:00:00+02:00'),
				span('2026-06-15T10:00:30+02:00', '2026-06-15T12:00:00+02:00')
			],
			noon
		);
		expect(band.gaps.map(({ seconds }) => seconds)).toEqual([3600]);
	});

	test('on another day there is no present', () => {
		expect(dayBand('2026-06-14', vienna, [], noon).now).toBeNull();
	});
});
