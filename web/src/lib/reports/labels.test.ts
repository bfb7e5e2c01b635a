import { expect, test } from 'vitest';
import { labelsIn } from './labels.ts';

test.each([
	['on-site', ['on-site']],
	['on-site, travel', ['on-site', 'travel']],
	[String.raw`cable\, spare, travel`, ['cable, spare', 'travel']],
	[String.raw`C:\\, \\\,, x`, ['C:\\', '\\,', 'x']]
])('%s are %j', (text, labels) => {
	expect(labelsIn(text)).toEqual(labels);
});
