import { describe, expect, test } from 'vitest';
import { RefusedError, UnreachableError, type Problem } from '#lib/api/index.ts';
import { catalogue } from '#lib/i18n/en/index.ts';
import { CODES, fileFault } from './faults.ts';

const refused = (status: number, errors?: Problem['errors']) =>
	new RefusedError({ title: '', status, code: 'invalid', detail: '', errors });
const faultOf = (detail: string, pointer = '') => fileFault(refused(422, [{ pointer, detail }]));

test('every code has its sentence, and every sentence its code', () => {
	const sentences = Object.keys(catalogue).filter((key) => key.startsWith('imports.code_'));
	expect(sentences.sort()).toEqual(CODES.map((code) => `imports.code_${code}`).sort());
});

describe('the fault of a file', () => {
	test('is told with its line and column', () => {
		expect(faultOf('line 3, column “Start (date)”: there twice (duplicate_column)')).toEqual({
			code: 'duplicate_column',
			line: 3,
			column: 'Start (date)',
			detail: 'there twice',
			asksForDateOrder: false
		});
	});

	test('is told without them where it has none', () => {
		expect(faultOf('the file has no header (empty_file)')).toMatchObject({
			code: 'empty_file',
			line: null,
			detail: 'the file has no header'
		});
	});

	test('asks for the order of the dates only where naming it helps', () => {
		expect(faultOf('both fit (ambiguous_date_order)', '/date_order')?.asksForDateOrder).toBe(true);
		expect(faultOf('no header (empty_file)')?.asksForDateOrder).toBe(false);
	});

	test('with a code of a later version keeps the words of the server', () => {
		expect(faultOf('line 9: too purple (too_purple)')).toMatchObject({
			code: null,
			line: 9,
			detail: 'too purple'
		});
		expect(faultOf('no code at all')).toMatchObject({ code: null, detail: 'no code at all' });
	});

	test('that is too large for the server is one too', () => {
		expect(fileFault(refused(413))?.code).toBe('too_large');
	});

	test('is none where the refusal is about something else', () => {
		expect(fileFault(refused(403))).toBeNull();
		expect(fileFault(refused(422))).toBeNull();
		expect(fileFault(new UnreachableError())).toBeNull();
	});
});
