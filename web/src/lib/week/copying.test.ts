import { describe, expect, test, vi } from 'vitest';
import { RefusedError, UnreachableError } from '#lib/api/request.ts';
import type { Entry, NewEntry } from '#lib/api/types.ts';
import { secondsOf } from '#lib/time/civil.ts';
import { weekLater } from './copy.ts';
import { copyWeekLater } from './copying.ts';

function entry(start: string, end: string | null, time_zone = 'Europe/Vienna') {
	const body = { project_id: 'acme', note: 'n', tags: ['t'], billable: true, deleted: false };
	return { id: start, start, end, time_zone, ...body } as Entry & { end: string };
}

const monday = entry('2026-06-15T09:00:00+02:00', '2026-06-15T12:00:07+02:00');
const tuesday = entry('2026-06-16T09:00:00+02:00', '2026-06-16T12:00:00+02:00');
const refusal = (status: number, code: string, retryAfter: number | null = null) =>
	new RefusedError({ status, code, title: code, detail: '' }, retryAfter);
const made = (body: NewEntry) => ({ ...body, id: `new ${body.start}` }) as Entry;
const quiet = { wait: () => Promise.reject(new Error('nothing to wait for')), progress: () => undefined };

describe('an entry a week later', () => {
	test('has the same times by the clock of its zone, to the second, and all else', () => {
		expect(weekLater(monday)).toEqual({
			start: '2026-06-22T09:00:00+02:00',
			end: '2026-06-22T12:00:07+02:00',
			time_zone: 'Europe/Vienna',
			project_id: 'acme',
			note: 'n',
			tags: ['t'],
			billable: true
		});
	});

	test('keeps its local times over a change of the clock, not its distance', () => {
		const before = entry('2026-10-20T09:00:00+02:00', '2026-10-20T17:00:00+02:00');
		const later = weekLater(before);
		if ('why' in later) throw new Error('refused');
		expect(later.start).toBe('2026-10-27T09:00:00+01:00');
		expect(secondsOf(later.start) - secondsOf(before.start)).toBe(7 * 86_400 + 3600);
	});

	test('is refused where the clock skips or repeats one of its times', () => {
		const early = entry('2026-03-22T02:30:00+01:00', '2026-03-22T05:00:00+01:00');
		expect(weekLater(early)).toEqual({ why: 'skipped' });
		const twice = entry('2026-10-17T22:00:00+02:00', '2026-10-18T02:30:00+02:00');
		expect(weekLater(twice)).toEqual({ why: 'repeated' });
	});
});

describe('copying a week', () => {
	test('makes the closed entries again and leaves what is running', async () => {
		const create = vi.fn(async (body: NewEntry) => made(body));
		const open = entry('2026-06-17T09:00:00+02:00', null);
		const copied = await copyWeekLater([monday, tuesday, open], { ...quiet, create });
		expect(copied.refused).toEqual([]);
		expect(copied.made.map(({ start }) => start)).toEqual([
			'2026-06-22T09:00:00+02:00',
			'2026-06-23T09:00:00+02:00'
		]);
	});

	test('goes on after a refusal and reports it', async () => {
		const overlap = refusal(409, 'overlap');
		const create = async (body: NewEntry) => {
			if (body.start.startsWith('2026-06-22')) throw overlap;
			return made(body);
		};
		const copied = await copyWeekLater([monday, tuesday], { ...quiet, create });
		expect(copied.refused).toEqual([{ entry: monday, why: overlap }]);
		expect(copied.made).toHaveLength(1);
	});

	test('waits as long as the server asks for and sends the same command again', async () => {
		const keys: string[] = [];
		const waited: number[] = [];
		const create = async (body: NewEntry, key: string) => {
			keys.push(key);
			if (keys.length === 1) throw refusal(429, 'too_many_requests', 12);
			return made(body);
		};
		const wait = async (seconds: number) => void waited.push(seconds);
		const copied = await copyWeekLater([monday], { ...quiet, create, wait });
		expect(waited).toEqual([12]);
		expect(new Set(keys).size).toBe(1);
		expect(copied.made).toHaveLength(1);
	});

	test('stops where the server is gone and reports everything that is missing', async () => {
		const gone = new UnreachableError('gone');
		const create = vi.fn(async () => Promise.reject(gone));
		const copied = await copyWeekLater([monday, tuesday], { ...quiet, create });
		expect(create).toHaveBeenCalledTimes(1);
		expect(copied.refused.map(({ entry: missing }) => missing)).toEqual([monday, tuesday]);
	});
});
