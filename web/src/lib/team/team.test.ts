import { afterEach, expect, test, vi } from 'vitest';
import { RefusedError, type Member } from '#lib/api/index.ts';
import { Team } from './team.svelte.ts';

const bo = { id: 'bo', name: 'Bo', role: 'member', archived: false, version: 3 } as Member;
const json = (body: unknown, status = 200) =>
	new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } });

afterEach(() => vi.unstubAllGlobals());

test('a change is shown at once, made on the version that was seen, and then as the server has it', async () => {
	const team = new Team();
	team.put(bo);
	const fetch = vi.fn((_: string, __: RequestInit) =>
		Promise.resolve(json({ ...bo, archived: true, version: 4 }))
	);
	vi.stubGlobal('fetch', fetch);
	const changing = team.change('bo', { archived: true });
	expect(team.get('bo')?.archived).toBe(true);
	await changing;
	expect(team.get('bo')?.version).toBe(4);
	expect((fetch.mock.calls[0]![1].headers as Headers).get('if-match')).toBe('"3"');
});

test('who is erased is shown as the server has them left', async () => {
	const team = new Team();
	team.put({ ...bo, archived: true });
	const fetch = vi.fn((_: string, __: RequestInit) =>
		Promise.resolve(json({ ...bo, name: 'Erased member', archived: true, erased: true, version: 4 }))
	);
	vi.stubGlobal('fetch', fetch);
	await team.erase('bo');
	expect(fetch.mock.calls[0]![0]).toBe('/api/members/bo/erasure');
	expect(team.get('bo')).toMatchObject({ name: 'Erased member', erased: true, version: 4 });
});

test('erasing that broke off shows how far it came, and is sent again as a command of its own', async () => {
	const team = new Team();
	team.put({ ...bo, archived: true });
	const keys: (string | null)[] = [];
	vi.stubGlobal('fetch', (_: string, { method, headers }: RequestInit) => {
		if (method === 'GET') return Promise.resolve(json({ members: [{ ...bo, erased: true }] }));
		keys.push((headers as Headers).get('idempotency-key'));
		return Promise.resolve(json({ code: 'unavailable' }, 503));
	});
	await expect(team.erase('bo')).rejects.toBeInstanceOf(RefusedError);
	expect(team.get('bo')).toMatchObject({ erased: true });
	await expect(team.erase('bo')).rejects.toBeInstanceOf(RefusedError);
	expect(new Set(keys).size).toBe(2);
});

test('a change that is refused gives way to what the server has', async () => {
	const team = new Team();
	team.put(bo);
	vi.stubGlobal('fetch', (_: string, { method }: RequestInit) =>
		Promise.resolve(
			method === 'PATCH'
				? json({ code: 'precondition_failed' }, 412)
				: json({ members: [{ ...bo, role: 'manager', version: 4 }] })
		)
	);
	await expect(team.change('bo', { role: 'admin' })).rejects.toBeInstanceOf(RefusedError);
	expect(team.get('bo')).toMatchObject({ role: 'manager', version: 4 });
});
