import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const command = (label: string) => ({ id: label, label, run: () => undefined });
const all = ['Clock in', 'Go to Reports', 'Clock in on Café', 'Go to Import'].map(command);
const found = (query: string) => matching(all, query).map(({ label }) => label);

test('words match in any order, without case and accents', () => {
	expect(found('cafe clock')).toEqual(['Clock in on Café']);
});

test('what begins with the words comes before what only contains them', () => {
	expect(found('port')).toEqual(['Go to Reports', 'Go to Import']);
	expect(found('im')).toEqual(['Go to Import']);
	expect(found('re')).toEqual(['Go to Reports']);
});

test('nothing typed offers everything', () => {
	expect(found('')).toHaveLength(4);
});
