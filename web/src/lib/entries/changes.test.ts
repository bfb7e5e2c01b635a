import { describe, expect, test } from 'vitest';
import { RefusedError } from '#lib/api/index.ts';
import type { Entry, EntryFields } from '#lib/api/types.ts';
import { EntryChanges } from './changes.ts';

const entry = {
	id: 'one',
	start: '2026-03-10T09:00:00+01:00',
	end: '2026-03-10T10:00:00+01:00',
	time_zone: 'Europe/Vienna',
	project_id: null,
	note: '',
	tags: [],
	billable: false,
	version: 1
} as unknown as Entry;

/** A server that refuses a stale version and whatever has `refused` for its note. */
function server() {
	let kept = entry;
	const removed: number[] = [];
	const check = ({ version }: Pick<Entry, 'version'>) => {
		const problem = { title: '', status: 412, detail: '', code: 'precondition_failed' };
		if (version !== kept.version) throw new RefusedError(problem);
	};
	return {
		removed,
		now: () => kept,
		get: () => Promise.resolve(kept),
		/** What another device does. */
		change: (fields: Partial<Entry>) => (kept = { ...kept, ...fields, version: kept.version + 1 }),
		async replace(on: Pick<Entry, 'id' | 'version'>, body: EntryFields): Promise<Entry> {
			await Promise.resolve();
			check(on);
			if (body.note === 'refused') throw new Error('refused');
			return (kept = { ...kept, ...body, version: kept.version + 1 } as Entry);
		},
		async remove(on: Pick<Entry, 'id' | 'version'>): Promise<void> {
			await Promise.resolve();
			check(on);
			removed.push(on.version);
		}
	};
}

describe('changes of one entry', () => {
	test('made at once are made one on the other, and none is lost', async () => {
		const api = server();
		const changes = new EntryChanges(api);
		await Promise.all([
			changes.replace(entry, { note: 'Meters' }),
			changes.replace({ ...entry, note: 'Meters' }, { project_id: 'audit' }),
			changes.replace({ ...entry, note: 'Meters', project_id: 'audit' }, { billable: true })
		]);
		expect(api.now()).toMatchObject({ note: 'Meters', project_id: 'audit', billable: true, version: 4 });
	});

	test('go on from what was there when one of them is refused', async () => {
		const api = server();
		const changes = new EntryChanges(api);
		const refused = changes.replace(entry, { note: 'refused' });
		const taken = changes.replace({ ...entry, note: 'refused' }, { project_id: 'audit' });
		await expect(refused).rejects.toThrow('refused');
		await expect(taken).resolves.toMatchObject({ note: '', project_id: 'audit' });
	});

	test('are through only when the last is answered', async () => {
		const changes = new EntryChanges(server());
		const first = changes.replace(entry, { note: 'one' });
		const second = changes.replace(entry, { note: 'two' });
		await first;
		expect(changes.areThrough('one')).toBe(false);
		await second;
		expect(changes.areThrough('one')).toBe(true);
	});

	test('come before a deletion that follows them', async () => {
		const api = server();
		const changes = new EntryChanges(api);
		await Promise.all([changes.replace(entry, { note: 'last words' }), changes.remove(entry)]);
		expect(api.removed).toEqual([2]);
	});

	test('are made on a newer version that the page was shown meanwhile', async () => {
		const api = server();
		const changes = new EntryChanges(api);
		await changes.replace(entry, { note: 'mine' });
		await changes.replace(api.change({ note: 'theirs' }), { billable: true });
		expect(api.now()).toMatchObject({ note: 'theirs', billable: true });
	});

	test('are made in spite of a clock-out that came first', async () => {
		const api = server();
		const changes = new EntryChanges(api);
		api.change({ end: '2026-03-10T11:00:00+01:00' });
		await changes.replace(entry, { note: 'Door sensor' });
		expect(api.now()).toMatchObject({ note: 'Door sensor', end: '2026-03-10T11:00:00+01:00' });
	});

	test('are refused where somebody else changed the same field', async () => {
		const api = server();
		const changes = new EntryChanges(api);
		api.change({ note: 'theirs' });
		await expect(changes.replace(entry, { note: 'mine' })).rejects.toThrow(RefusedError);
		expect(api.now().note).toBe('theirs');
	});
});
