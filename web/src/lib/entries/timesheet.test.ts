import { afterEach, expect, test, vi } from 'vitest';
import type { Entry, Timesheet } from '#lib/api/index.ts';
import { changes } from './changes.ts';
import { OwnTimesheet } from './timesheet.svelte.ts';

const DATE = '2026-03-10';
const meters = {
	id: 'one',
	start: `${DATE}T09:00:00Z`,
	end: `${DATE}T10:00:00Z`,
	work_date: DATE,
	seconds: 3600,
	note: '',
	version: 1
} as Entry;
const longer = { ...meters, end: `${DATE}T11:00:00Z`, seconds: 7200 };

/** A server whose answers wait until they are let go, oldest first. */
function server() {
	const waiting: ((body: unknown) => void)[] = [];
	const json = (body: unknown) =>
		new Response(JSON.stringify(body), { headers: { 'content-type': 'application/json' } });
	vi.stubGlobal('fetch', () => new Promise((answer) => waiting.push((body) => answer(json(body)))));
	return { waiting, answer: (body: unknown) => waiting.shift()!(body) };
}

function sheetOf(...entries: Entry[]): Timesheet {
	const total_seconds = entries.reduce((sum, { seconds }) => sum + (seconds ?? 0), 0);
	return { entries, days: [{ date: DATE, seconds: total_seconds }], total_seconds, next_cursor: null };
}

afterEach(() => vi.unstubAllGlobals());

test('what was asked for before a change was shown is asked for again', async () => {
	const { waiting, answer } = server();
	const sheet = new OwnTimesheet();
	const loading = sheet.load(DATE, DATE);
	sheet.put(longer);
	answer(sheetOf(meters));
	await vi.waitUntil(() => waiting.length === 1);
	answer(sheetOf(longer));
	await loading;
	expect(sheet.timesheet).toMatchObject({ entries: [{ seconds: 7200 }], total_seconds: 7200 });
});

test('an entry with a change on its way stays as it is shown, and so do the sums', async () => {
	const { waiting, answer } = server();
	const sheet = new OwnTimesheet();
	const first = sheet.load(DATE, DATE);
	answer(sheetOf(meters));
	await first;

	const saving = changes.replace(meters, { end: longer.end });
	await vi.waitUntil(() => waiting.length === 1);
	sheet.put(longer);
	const again = sheet.load(DATE, DATE);
	const other = { ...meters, id: 'other', start: `${DATE}T12:00:00Z`, seconds: 60 };
	waiting.pop()!(sheetOf(meters, other));
	await again;
	expect(sheet.timesheet).toMatchObject({
		entries: [{ seconds: 7200 }, { id: 'other' }],
		total_seconds: 7260
	});
	answer({ ...longer, version: 2 });
	await saving;
});
