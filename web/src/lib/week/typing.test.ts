import { expect, test } from 'vitest';
import { readTyped } from '#lib/time/typed.ts';
import { asTyped } from './typing.ts';

test.each([0, 1, 36, 59, 60, 61, 1800, 3599, 3600, 5400, 5436, 27_900, 86_399, 86_400])(
	'what the field opens with for %i seconds reads as exactly that, in every format and language',
	(seconds) => {
		for (const format of ['clock', 'decimal'] as const) {
			for (const locale of ['en', 'de'] as const) {
				const text = asTyped(seconds, format, locale);
				if (seconds === 0) expect(text).toBe('');
				else expect(readTyped(text)).toEqual({ kind: 'duration', seconds });
			}
		}
	}
);
