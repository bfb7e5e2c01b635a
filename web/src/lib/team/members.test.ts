import { describe, expect, test } from 'vitest';
import type { Member, Role } from '#lib/api/index.ts';
import { language } from '#lib/i18n/index.ts';
import { holderOf, isLastOwner, isNameOf, listed, mayChange, mayErase, rolesFrom } from './members.ts';

const member = (id: string, more: Partial<Member> = {}) =>
	({
		id,
		name: id,
		email: `${id.toLowerCase()}@example.org`,
		role: 'member',
		sign_in: 'active',
		archived: false,
		erased: false,
		...more
	}) as Member;
const actor = (role: Role) => ({ id: 'Actor', role });

describe('roles', () => {
	test('only owners make owners, and managers make nobody anything', () => {
		expect(rolesFrom(actor('owner'))).toContain('owner');
		expect(rolesFrom(actor('admin'))).toEqual(['admin', 'manager', 'member']);
		expect(rolesFrom(actor('manager'))).toEqual([]);
		expect(rolesFrom(actor('member'))).toEqual([]);
	});

	test('only owners touch owners', () => {
		expect(mayChange(actor('admin'), member('A', { role: 'owner' }))).toBe(false);
		expect(mayChange(actor('admin'), member('A', { role: 'admin' }))).toBe(true);
		expect(mayChange(actor('owner'), member('A', { role: 'owner' }))).toBe(true);
		expect(mayChange(actor('manager'), member('A'))).toBe(false);
	});
});

describe('erasing', () => {
	const archived = member('A', { archived: true });

	test('is for owners, of those who are archived and not erased yet', () => {
		expect(mayErase(actor('owner'), archived)).toBe(true);
		expect(mayErase(actor('owner'), member('A'))).toBe(false);
		expect(mayErase(actor('owner'), { ...archived, erased: true })).toBe(false);
	});

	test('is for nobody else, and never of oneself', () => {
		for (const role of ['admin', 'manager', 'member'] as const)
			expect(mayErase(actor(role), archived)).toBe(false);
		expect(mayErase({ id: 'A', role: 'owner' }, archived)).toBe(false);
	});

	test('takes the name as people type it, and no other', () => {
		const zoe = member('Zoë  Ångström');
		expect(isNameOf(zoe, ' zoë Ångström ')).toBe(true);
		expect(isNameOf(zoe, 'Zoë Ångström'.normalize('NFD'))).toBe(true);
		expect(isNameOf(zoe, 'Zoë')).toBe(false);
		expect(isNameOf(zoe, '')).toBe(false);
	});
});

describe('the last owner', () => {
	const ada = member('Ada', { role: 'owner' });

	test('is the one beside whom no other owner can sign in', () => {
		expect(isLastOwner([ada, member('Bo', { role: 'admin' })], ada)).toBe(true);
		expect(isLastOwner([ada, member('Bo', { role: 'owner', sign_in: 'invited' })], ada)).toBe(true);
		expect(isLastOwner([ada, member('Bo', { role: 'owner', archived: true })], ada)).toBe(true);
	});

	test('is nobody where there are two, and never somebody of another role', () => {
		const bo = member('Bo', { role: 'owner' });
		expect(isLastOwner([ada, bo], ada)).toBe(false);
		expect(isLastOwner([member('Cy')], member('Cy'))).toBe(false);
	});
});

test('an address is taken whatever its letter case, but not by oneself', () => {
	const members = [member('Ada', { archived: true })];
	expect(holderOf(members, ' ADA@Example.org ')?.id).toBe('Ada');
	expect(holderOf(members, 'ada@example.org', 'Ada')).toBeNull();
	expect(holderOf([member('Bo', { email: null })], '')).toBeNull();
});

describe('the list', () => {
	const members = [
		member('Zoë'),
		member('Old', { archived: true }),
		member('Ada Lovelace', { email: 'countess@example.org' })
	];
	const names = (query: string, archived = false) => listed(members, query, archived).map(({ name }) => name);

	test('is by name, with the archived last and only where they are wanted', () => {
		expect(names('')).toEqual(['Ada Lovelace', 'Zoë']);
		expect(names('', true)).toEqual(['Ada Lovelace', 'Zoë', 'Old']);
	});

	test('has the erased behind all others', () => {
		const erased = member('Aaron', { archived: true, erased: true, email: null });
		expect(listed([erased, ...members], '', true).at(-1)?.id).toBe('Aaron');
	});

	test('is found in by name and address, without case and accents', () => {
		expect(names('zoe')).toEqual(['Zoë']);
		expect(names('COUNT ada')).toEqual(['Ada Lovelace']);
		expect(names('nobody')).toEqual([]);
	});

	test('has the erased by what they are called in the language', async () => {
		await language.complete();
		await language.use('de');
		const erased = member('Erased member', { archived: true, erased: true, email: null });
		expect(listed([erased], 'gelöscht', true)).toEqual([erased]);
		expect(listed([erased], 'erased', true)).toEqual([]);
	});
});
