import { beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '#lib/api/types.ts';
import { language } from '#lib/i18n/index.ts';
import { nameIn, peopleIn } from './names.ts';

const ada = { id: 'ada', name: 'Ada', archived: false, erased: false } as Member;
const old = { id: 'old', name: 'Old', archived: true, erased: false } as Member;
const erased = { id: 'bo', name: 'Erased member', archived: true, erased: true } as Member;
const members = [ada, old, erased];

beforeAll(async () => {
	await language.complete();
	await language.use('de');
});

describe('the people of a report', () => {
	test('are those who can have time: the archived, but not the erased', () => {
		expect(peopleIn(members, '').map(({ id }) => id)).toEqual(['ada', 'old']);
	});

	test('are told whom an old address asks for, in the words of the language', () => {
		expect(peopleIn(members, 'bo').map(({ name }) => name)).toEqual(['Ada', 'Old', 'Gelöschtes Mitglied']);
		expect(nameIn(members, 'member', 'bo')).toBe('Gelöschtes Mitglied');
		expect(nameIn(members, 'member', 'nobody')).toBe('Jemand, der nicht mehr dabei ist');
	});
});
