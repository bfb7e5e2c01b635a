import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ImportReport } from '#lib/api/index.ts';
import { ImportRun } from './run.svelte.ts';

const csv = (name: string) => new File(['User\r\n'], name);
const report = (time_zone: string) => ({ time_zone }) as ImportReport;
const answer = (body: unknown, status = 200) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** What was asked of the server, and the answers that it still owes. */
let asked: URL[] = [];
let owed: ((response: Response) => void)[] = [];

beforeEach(() => {
	asked = [];
	owed = [];
	vi.stubGlobal('fetch', (path: string) => {
		asked.push(new URL(path, 'http://x'));
		return new Promise<Response>((resolve) => owed.push(resolve));
	});
});
afterEach(() => vi.unstubAllGlobals());

async function chosen(name = 'July & August.csv') {
	const run = new ImportRun('Europe/Vienna');
	const choosing = run.choose(csv(name));
	await vi.waitFor(() => expect(owed).toHaveLength(1));
	return { run, choosing };
}

describe('a run', () => {
	test('tries first, by the zone and the rule that change nothing', async () => {
		const { run, choosing } = await chosen();
		expect(run.stage).toBe('reading');
		owed[0]!(answer(report('Europe/Vienna')));
		await choosing;
		expect(Object.fromEntries(asked[0]!.searchParams)).toEqual({
			dry_run: 'true',
			source: 'auto',
			time_zone: 'Europe/Vienna',
			date_order: 'auto',
			overlaps: 'refuse',
			file_name: 'July & August.csv'
		});
		expect(run.stage).toBe('ready');
	});

	test('shows the answer to the question asked last, whichever comes first', async () => {
		const { run, choosing } = await chosen();
		const changing = run.change({ time_zone: 'America/New_York' });
		owed[1]!(answer(report('America/New_York')));
		await changing;
		owed[0]!(answer(report('Europe/Vienna')));
		await choosing;
		expect(run.report?.time_zone).toBe('America/New_York');
		expect(run.stage).toBe('ready');
	});

	test('asks for the order of the dates, and goes on asking once it had to', async () => {
		const { run, choosing } = await chosen();
		const errors = [{ pointer: '/date_order', code: 'ambiguous_date_order', detail: 'both fit' }];
		owed[0]!(answer({ code: 'invalid', errors }, 422));
		await choosing;
		expect([run.fault?.code, run.asksForDateOrder]).toEqual(['ambiguous_date_order', true]);
		const changing = run.change({ date_order: 'dmy' });
		owed[1]!(answer(report('Europe/Vienna')));
		await changing;
		expect([run.fault, run.asksForDateOrder]).toEqual([null, true]);
	});

	test('that was not answered keeps its file and its report for another try', async () => {
		const { run, choosing } = await chosen();
		owed[0]!(answer(report('Europe/Vienna')));
		await choosing;
		const importing = run.import();
		expect(run.stage).toBe('importing');
		owed[1]!(answer({ code: 'unavailable' }, 503));
		expect(await importing).toBeNull();
		expect([run.stage, run.file?.name]).toEqual(['ready', 'July & August.csv']);
		expect(run.failure).not.toBeNull();
		expect(run.report).not.toBeNull();
	});

	test('of another file forgets what was said about the first', async () => {
		const { run, choosing } = await chosen();
		owed[0]!(answer(report('Europe/Vienna')));
		await choosing;
		const changing = run.change({ overlaps: 'trim', date_order: 'mdy' });
		owed[1]!(answer(report('Europe/Vienna')));
		await changing;
		void run.choose(csv('other.csv'));
		await vi.waitFor(() => expect(asked).toHaveLength(3));
		expect(asked[2]!.searchParams.get('overlaps')).toBe('refuse');
		expect(asked[2]!.searchParams.get('date_order')).toBe('auto');
	});
});
