import { describe, expect, test } from 'vitest';
import { choicesOf, parametersOf, rangeFor, toggled } from './choices.ts';

const read = (query: string) => choicesOf(new URLSearchParams(query));

describe('what the address says', () => {
	test.each([
		'period=last_quarter&group=member%2Cproject&project=p&client=c&member=all',
		'from=2026-01-05&to=2026-02-03&group=date',
		'period=this_week&group=tag'
	])('%s comes back the same', (query) => {
		const written = Object.entries(parametersOf(read(query))).filter(([, value]) => value);
		expect(new URLSearchParams(written).toString()).toBe(query);
	});

	test('nothing is this month by project', () => {
		expect(read('')).toMatchObject({ period: 'this_month', custom: null, group: ['project'], member: '' });
	});

	test.each([
		'period=soon&group=weather',
		'period=custom',
		'from=2026-02-30&to=2026-03-01',
		'from=2026-01-01',
		'group=,,'
	])('%s makes no sense and falls back', (query) => {
		expect(read(query)).toEqual(read(''));
	});

	test('a level is named once, and two levels are the most', () => {
		expect(read('group=date,date,tag,member').group).toEqual(['date', 'tag']);
	});

	test('a named period moves with the day, dates do not', () => {
		expect(rangeFor(read('period=this_month'), '2026-12-01', 1).from).toBe('2026-12-01');
		expect(rangeFor(read('from=2026-01-05&to=2026-01-06'), '2026-12-01', 1).from).toBe('2026-01-05');
	});
});

describe('pressing a chip', () => {
	test('adds a level inside, replaces the innermost, takes one out, and leaves the last', () => {
		expect(toggled(['project'], 'date')).toEqual(['project', 'date']);
		expect(toggled(['project', 'date'], 'tag')).toEqual(['project', 'tag']);
		expect(toggled(['project', 'date'], 'project')).toEqual(['date']);
		expect(toggled(['project'], 'project')).toEqual(['project']);
	});
});
