import { expect, test } from 'vitest';
import { readWeekHours } from './hours.ts';

test.each([
	['38:30', 138_600],
	['38.5', 138_600],
	['38,5', 138_600],
	['38.50 h', 138_600],
	[' 40 ', 144_000],
	['40.05', 144_180],
	['0', 0],
	['168', 604_800]
])('%j is %i seconds', (text, seconds) => {
	expect(readWeekHours(text)).toBe(seconds);
});

test.each(['', '168:01', '200', '-1', '38:60', '38:5', '38.555', 'full time', '1e3'])(
	'%j is no target',
	(text) => {
		expect(readWeekHours(text)).toBeNull();
	}
);
