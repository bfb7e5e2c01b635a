import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { run } from './imports.ts';
import type { ImportOptions } from './types.ts';

const ID = '0190e9f3-0c1e-7a3b-8a51-3f2a9c1d7e42';
const LINK = 'https://bucket.s3.eu-central-1.amazonaws.com/uploads/x?X-Amz-Signature=1';
const options: ImportOptions = {
	dry_run: true,
	source: 'auto',
	time_zone: 'Europe/Vienna',
	date_order: 'auto',
	overlaps: 'refuse',
	file_name: 'a.csv'
};
const file = (bytes: number) => new Blob(['x'.repeat(bytes)]);
const json = (body: unknown, status: number) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

/** What was sent, as `METHOD address` with the body's length. */
let sent: [string, number][] = [];
let answers: (() => Response)[] = [];

beforeEach(() => {
	sent = [];
	vi.stubGlobal('fetch', async (address: string, init: RequestInit) => {
		const body = init.body instanceof Blob ? init.body.size : String(init.body ?? '').length;
		sent.push([`${init.method} ${address.replace(/[?].*upload=/, '?upload=')}`, body]);
		return answers.shift()!();
	});
});
afterEach(() => vi.unstubAllGlobals());

describe('a file', () => {
	test('of four megabytes is sent as it is', async () => {
		answers = [() => json({}, 200)];
		await run(file(4_000_000), options);
		expect(sent).toHaveLength(1);
		expect(sent[0]![1]).toBe(4_000_000);
	});

	test('that is larger is left once where the server says, and named by its id', async () => {
		const large = file(4_000_001);
		const offer = { id: ID, url: LINK, headers: { 'content-type': 'text/csv' }, expires_at: '' };
		answers = [
			() => json(offer, 201),
			() => new Response(null, { status: 200 }),
			() => json({}, 200),
			() => json({}, 201)
		];
		await run(large, options);
		await run(large, { ...options, dry_run: false });
		expect(sent).toEqual([
			['POST /api/import/uploads', '{"bytes":4000001}'.length],
			[`PUT ${LINK}`, 4_000_001],
			[`POST /api/import?upload=${ID}`, 0],
			[`POST /api/import?upload=${ID}`, 0]
		]);
	});

	test('that is larger is sent as it is where the server has no such place', async () => {
		answers = [() => json({ code: 'not_found' }, 404), () => json({}, 200)];
		await run(file(4_000_001), options);
		expect(sent.map(([, bytes]) => bytes)).toEqual([17, 4_000_001]);
	});

	test('that the place does not take is told as a server out of reach', async () => {
		const offer = { id: ID, url: LINK, headers: {}, expires_at: '' };
		answers = [() => json(offer, 201), () => new Response('<Error/>', { status: 403 })];
		await expect(run(file(4_000_001), options)).rejects.toThrow('the file was not taken: 403');
	});
});
