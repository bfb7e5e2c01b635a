import { describe, expect, test } from 'vitest';
import { catalogue as german } from './de/index.ts';
import { catalogue as english } from './en/index.ts';
import { language } from './index.ts';
import { fill, type Message } from './message.ts';

const keys = Object.keys(english) as (keyof typeof english)[];
const forms = (message: Message) => (typeof message === 'string' ? [message] : Object.values(message));
const names = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map(([, name]) => name).sort();

describe('the catalogue', () => {
	test('both languages have the same keys', () => {
		expect(Object.keys(german).sort()).toEqual([...keys].sort());
	});

	test.each(keys)('%s has something to say and the same names to fill in', (key) => {
		const expected = names(forms(english[key]).at(-1)!);
		for (const text of [...forms(english[key]), ...forms(german[key])]) {
			expect(text.trim()).not.toBe('');
			expect(names(text)).toEqual(expected);
		}
	});

	test.each(keys)('%s covers every plural form of both languages', (key) => {
		for (const [locale, message] of [
			['en', english[key]],
			['de', german[key]]
		] as [string, Message][]) {
			if (typeof message === 'string') continue;
			const categories = new Intl.PluralRules(locale).resolvedOptions().pluralCategories;
			expect(Object.keys(message).sort()).toEqual([...categories].sort());
		}
	});
});

describe('the language in use', () => {
	test('a change of language while the other messages load leaves no mixture', async () => {
		await language.use('en');
		const completing = language.complete();
		await Promise.all([completing, language.use('de')]);
		await language.complete();
		expect(language.locale).toBe('de');
		expect(language.text('clock.in')).toBe(german['clock.in']);
		expect(language.text('door.sign_in')).toBe(german['door.sign_in']);
	});
});

describe('filling in', () => {
	test('plurals follow the language', () => {
		expect(fill(english['clock.kept'], { count: 1 }, 'en')).toContain('1 clock event is');
		expect(fill(english['clock.kept'], { count: 0 }, 'en')).toContain('0 clock events are');
		expect(fill(german['clock.kept'], { count: 2 }, 'de')).toContain('2 Stempelungen liegen');
	});

	test('numbers are written as the language writes them', () => {
		expect(fill('{count} rows', { count: 12345 }, 'de')).toBe('12.345 rows');
	});

	test('what is filled in is not filled in again', () => {
		expect(fill('{name} and {other}', { name: '{other}', other: 'x' }, 'en')).toBe('{other} and x');
	});
});
