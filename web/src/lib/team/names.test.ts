import { beforeAll, describe, expect, test } from 'vitest';
import type { Member } from '#lib/api/index.ts';
import { language } from '#lib/i18n/index.ts';
import { nameById, nameOf } from './names.ts';

const ada = { id: 'ada', name: 'Ada', erased: false } as Member;
const erased = { id: 'bo', name: 'Erased member', erased: true } as Member;

beforeAll(async () => {
	await language.complete();
	await language.use('de');
});

describe('what a member is called', () => {
	test('is their name, and once they are erased what the language has for that', () => {
		expect(nameOf(ada)).toBe('Ada');
		expect(nameOf(erased)).toBe('Gelöschtes Mitglied');
	});

	test('is found by their id, or is not known', () => {
		expect(nameById([ada, erased], 'bo')).toBe('Gelöschtes Mitglied');
		expect(nameById([ada, erased], 'cy')).toBeNull();
	});
});
