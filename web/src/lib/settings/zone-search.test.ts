import { expect, test } from 'vitest';
import { matchingZones, withNewNames } from './zone-search.ts';

const options = ['Africa/Cairo', 'America/New_York', 'Asia/Vientiane', 'Europe/Vienna', 'UTC'].map(
	(value) => ({
		value,
		label: value.replaceAll('_', ' ')
	})
);
const found = (query: string, preferred: string[] = []) =>
	matchingZones(options, query, preferred).map(({ value }) => value);

test('a city is found by its beginning, in any case', () => {
	expect(found('VIEN')).toEqual(['Asia/Vientiane', 'Europe/Vienna']);
	expect(found('new york')).toEqual(['America/New_York']);
	expect(found('America/New_York')).toEqual(['America/New_York']);
});

test('a city that begins so comes before a zone that only contains it', () => {
	expect(found('a')).toEqual(['Africa/Cairo', 'America/New_York', 'Asia/Vientiane', 'Europe/Vienna']);
	expect(found('c')[0]).toBe('Africa/Cairo');
});

test('nothing typed offers the preferred ones first, each once', () => {
	expect(found('', ['UTC', 'Europe/Vienna'])).toEqual([
		'UTC',
		'Europe/Vienna',
		'Africa/Cairo',
		'America/New_York',
		'Asia/Vientiane'
	]);
});

test('what no zone has finds nothing', () => {
	expect(found('atlantis')).toEqual([]);
});

test('a zone is found under its new name, once, and keeps the old one where that is in use', () => {
	const old = ['Asia/Calcutta', 'Asia/Kolkata', 'Europe/Kiev'].map((value) => ({ value, label: value }));
	const values = (value: string) => withNewNames(old, value).map((option) => option.value);
	expect(values('UTC')).toEqual(['Asia/Kolkata', 'Europe/Kyiv']);
	expect(values('Europe/Kiev')).toEqual(['Asia/Kolkata', 'Europe/Kiev']);
});
