import { expect, test } from 'vitest';
import { csvOf } from './csv.ts';

test('cells are quoted, and quotes in them doubled', () => {
	expect(
		csvOf([
			['a', 'say "hi", twice'],
			['ä\nb', '']
		])
	).toBe('\uFEFF"a","say ""hi"", twice"\r\n"ä\nb",""\r\n');
});

test.each(['=1+1', '+1', '-1', '@x', '\tx', '\rx'])('%j is not run by a spreadsheet', (text) => {
	expect(csvOf([[text]])).toBe(`\uFEFF"'${text}"\r\n`);
});
