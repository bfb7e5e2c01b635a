import { describe, expect, test } from 'vitest';
import { changesOf, inListOrder, matches, nameTaken, rarestColor, rebased } from './editing.ts';

const base = { name: 'Website', color: 1, client_id: null as string | null };

describe('a change', () => {
	test('says only what differs', () => {
		expect(changesOf(base, { ...base, color: 4 })).toEqual({ color: 4 });
		expect(changesOf(base, { ...base })).toEqual({});
		expect(changesOf({ ...base, client_id: 'acme' }, base)).toEqual({ client_id: null });
	});

	test('over a newer state keeps what was typed and shows what is new', () => {
		const newer = { name: 'Site', color: 9, client_id: 'acme' };
		expect(rebased(base, newer, { ...base, name: 'Web' })).toEqual({
			name: 'Web',
			color: 9,
			client_id: 'acme'
		});
		expect(rebased(base, newer, base)).toEqual(newer);
	});
});

const all = [
	{ id: '1', name: 'Straße', archived: false },
	{ id: '2', name: 'Old', archived: true }
];

test('a name is taken whatever its case and spaces, also by what is archived, and never by itself', () => {
	expect(nameTaken(all, '  OLD ')).toBe(all[1]);
	expect(nameTaken(all, 'old', '2')).toBeNull();
	expect(nameTaken(all, 'older')).toBeNull();
});

test('what is in use comes first, then the name decides', () => {
	const list = [all[1]!, { id: '3', name: 'Zoo', archived: false }, all[0]!];
	expect(list.sort(inListOrder).map(({ id }) => id)).toEqual(['1', '3', '2']);
});

test('a search takes words in any order, without case and accents', () => {
	expect(matches('Café Übung · Acme', 'acme cafe')).toBe(true);
	expect(matches('Café Übung', 'acme')).toBe(false);
	expect(matches('anything', '  ')).toBe(true);
});

test('the next colour is one that the fewest have', () => {
	expect(rarestColor([])).toBe(1);
	expect(rarestColor([1, 2, 2, 4])).toBe(3);
	expect(rarestColor([1, 2, 3], 3)).toBe(1);
	expect(rarestColor([1, 1, 2, 3, 3], 3)).toBe(2);
});
