import { afterEach, describe, expect, test, vi } from 'vitest';
import { RefusedError, UnreachableError } from './index.ts';
import { signsCheckpoints } from './organisation.ts';

const answered = (response: () => Response) => vi.stubGlobal('fetch', () => Promise.resolve().then(response));
const problem = (status: number, code: string) => () =>
	new Response(JSON.stringify({ code }), { status, headers: { 'content-type': 'application/problem+json' } });

afterEach(() => vi.unstubAllGlobals());

describe('whether the server signs checkpoints', () => {
	test('it does where it gives one, which is text and not JSON', async () => {
		answered(() => new Response('vibesheets checkpoint 1\n…', { headers: { 'content-type': 'text/plain' } }));
		expect(await signsCheckpoints()).toBe(true);
	});

	test('it does not where it finds none: it has no key', async () => {
		answered(problem(404, 'not_found'));
		expect(await signsCheckpoints()).toBe(false);
	});

	test('is not known where it does not say', async () => {
		answered(problem(503, 'unavailable'));
		await expect(signsCheckpoints()).rejects.toBeInstanceOf(RefusedError);
		answered(() => {
			throw new TypeError('no network');
		});
		await expect(signsCheckpoints()).rejects.toBeInstanceOf(UnreachableError);
	});
});
