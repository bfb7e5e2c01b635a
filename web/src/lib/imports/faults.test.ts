import { describe, expect, test } from 'vitest';
import { RefusedError, UnreachableError, type Problem } from '#lib/api/index.ts';
import { catalogue } from '#lib/i18n/en/index.ts';
import { CODES, fileFault } from './faults.ts';

const refused = (status: number, errors?: Problem['errors']) =>
	new RefusedError({ title: '', status, code: 'invalid', detail: '', errors });
const faultOf = (code: string, detail: string, params?: Record<string, string>, pointer = '') =>
	fileFault(refused(422, [{ pointer, code, params, detail }]));

test('every code has its sentence, and every sentence its code', () => {
	const sentences = Object.keys(catalogue).filter((key) => key.startsWith('imports.code_'));
	expect(sentences.sort()).toEqual(CODES.map((code) => `imports.code_${code}`).sort());
});

describe('the fault of a file', () => {
	test('is told with its line and column', () => {
		const params = { line: '3', column: 'Start (date)' };
		const detail = 'line 3, column “Start (date)”: there twice';
		expect(faultOf('duplicate_column', detail, params)).toEqual({
			code: 'duplicate_column',
			line: 3,
			column: 'Start (date)',
			detail,
			asksForDateOrder: false
		});
	});

	test('is told without them where it has none', () => {
		expect(faultOf('empty_file', 'the file has no header')).toMatchObject({
			code: 'empty_file',
			line: null,
			column: null
		});
	});

	test('asks for the order of the dates only where naming it helps', () => {
		expect(faultOf('ambiguous_date_order', 'both fit', {}, '/date_order')?.asksForDateOrder).toBe(true);
		expect(faultOf('empty_file', 'no header')?.asksForDateOrder).toBe(false);
	});

	test('with a code of a later version keeps the words of the server', () => {
		expect(faultOf('too_purple', 'line 9: too purple', { line: '9' })).toMatchObject({
			code: null,
			line: 9,
			detail: 'line 9: too purple'
		});
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
