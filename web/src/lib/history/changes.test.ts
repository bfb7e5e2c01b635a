import { describe, expect, test } from 'vitest';
import type { Entry, HistoryRecord } from '#lib/api/index.ts';
import { changesOf, delaySeconds, latestOf, shortHash } from './changes.ts';

const entry = (more: Partial<Entry> = {}) =>
	({
		start: '2026-06-15T08:00:00+02:00',
		end: '2026-06-15T12:00:00+02:00',
		seconds: 14_400,
		project_id: null,
		note: '',
		tags: [],
		billable: true,
		time_zone: 'Europe/Vienna',
		deleted: false,
		version: 1,
		...more
	}) as Entry;
const fields = (before: Entry | null, after: Entry | null) =>
	changesOf({ before, after }).map(({ field }) => field);

describe('what a record changed', () => {
	test('is only what differs', () => {
		const after = entry({ end: '2026-06-15T12:30:00+02:00', seconds: 16_200, note: 'Review', version: 2 });
		expect(fields(entry(), after)).toEqual(['end', 'seconds', 'note']);
	});

	test('is nothing where only the version and the deletion did', () => {
		expect(fields(entry(), entry({ version: 2, deleted: true }))).toEqual([]);
	});

	test('of the first record is what it set', () => {
		expect(fields(null, entry({ end: null, seconds: null }))).toEqual(['start']);
		expect(fields(null, entry({ tags: ['travel'], project_id: 'p' }))).toEqual([
			'start',
			'end',
			'seconds',
			'project_id',
			'tags'
		]);
	});

	test('is the zone alone where the same instants are written with another offset', () => {
		const after = entry({
			start: '2026-06-15T07:00:00+01:00',
			end: '2026-06-15T11:00:00+01:00',
			time_zone: 'Europe/London'
		});
		expect(fields(entry(), after)).toEqual(['time_zone']);
	});

	test('is the end where an entry was closed', () => {
		expect(fields(entry({ end: null, seconds: null }), entry())).toEqual(['end', 'seconds']);
	});

	test('tells labels by what they are and in which order', () => {
		expect(fields(entry({ tags: ['a'] }), entry({ tags: ['a'] }))).toEqual([]);
		expect(fields(entry({ tags: ['a'] }), entry({ tags: ['a', 'b'] }))).toEqual(['tags']);
	});

	test('is not known where the data was erased', () => {
		expect(fields(null, null)).toEqual([]);
	});
});

describe('how long a command was on its way', () => {
	const delay = (device_time: string | null) =>
		delaySeconds({ time: '2026-06-15T06:00:00.400Z', device_time });

	test('is told across offsets, to the second', () => {
		expect(delay('2026-06-15T07:59:00+02:00')).toBe(60);
		expect(delay('2026-06-15T06:00:03Z')).toBe(-3);
	});

	test('is not known where the device sent no time', () => {
		expect(delay(null)).toBeNull();
	});
});

test('the entry is as its newest record left it, whatever the order of the list', () => {
	const record = (seq: number, after: Entry | null) => ({ seq, after }) as HistoryRecord;
	expect(latestOf([record(4, entry({ version: 1 })), record(9, entry({ version: 2 }))])?.version).toBe(2);
	expect(latestOf([record(9, null), record(4, entry({ version: 1 }))])?.version).toBe(1);
	expect(latestOf([record(4, null)])).toBeNull();
});

test('a hash keeps its beginning and its end', () => {
	expect(shortHash(`01234567${'f'.repeat(48)}89abcdef`)).toBe('01234567…89abcdef');
	expect(shortHash('abc')).toBe('abc');
});
