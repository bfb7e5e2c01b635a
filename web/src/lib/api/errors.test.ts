import { beforeAll, describe, expect, test } from 'vitest';
import { language } from '#lib/i18n/index.ts';
import { faultsByField, sentenceFor } from './errors.ts';
import { RefusedError, UnreachableError } from './request.ts';
import type { Entry, Problem } from './types.ts';

beforeAll(async () => {
	await language.use('en');
	await language.complete();
});

const entry = {
	start: '2026-06-15T08:00:00+02:00',
	end: '2026-06-15T12:00:00+02:00',
	time_zone: 'Europe/Vienna'
} as Entry;
const refused = (status: number, code: string, more: Partial<Problem> = {}) =>
	new RefusedError({ title: code, status, code, detail: '', ...more });

describe('errors in words', () => {
	test('no connection says that nothing was lost', () => {
		expect(sentenceFor(new UnreachableError())).toContain('Nothing was lost');
	});

	test('an overlap names the other entry in its own zone', () => {
		expect(sentenceFor(refused(409, 'overlap', { entry }))).toContain('from 08:00 to 12:00');
		expect(sentenceFor(refused(409, 'overlap', { entry: { ...entry, end: null } }))).toContain('since 08:00');
	});

	test('being clocked in already says since when', () => {
		expect(sentenceFor(refused(409, 'already_clocked_in', { entry }))).toContain('since 08:00');
	});

	test.each([
		[401, 'not_signed_in', 'Sign in again'],
		[401, 'wrong_credentials', 'not right'],
		[403, 'forbidden', 'role'],
		[404, 'not_found', 'does not exist'],
		[409, 'not_clocked_in', 'not clocked in'],
		[409, 'conflict', 'try again'],
		[412, 'precondition_failed', 'changed elsewhere'],
		[413, 'too_large', 'too large'],
		[422, 'idempotency_key_reused', 'try again'],
		[500, 'internal', 'Nothing was lost'],
		[503, 'unavailable', 'Nothing was lost']
	])('%i %s is told as “…%s…”', (status, code, words) => {
		expect(sentenceFor(refused(status, code))).toContain(words);
	});

	test('a limit says how long to wait', () => {
		const limited = new RefusedError({ title: '', status: 429, code: 'too_many', detail: '' }, 17);
		expect(sentenceFor(limited)).toContain('17 seconds');
	});

	test('too many wrong passwords say how many minutes to wait', () => {
		const limited = (seconds: number | null) =>
			new RefusedError({ title: '', status: 429, code: 'too_many_attempts', detail: '' }, seconds);
		expect(sentenceFor(limited(301))).toContain('in 6 min');
		expect(sentenceFor(limited(60))).toContain('in 1 min');
		expect(sentenceFor(limited(null))).toContain('in 15 min');
	});

	test('a code that this version does not know still gives what the server said', () => {
		expect(sentenceFor(refused(418, 'teapot', { detail: 'I am a teapot.' }))).toContain('I am a teapot.');
	});

	test('a rule and a duplicate say what is in the way, and not that somebody was faster', async () => {
		const last = { reason: 'last_owner', params: { name: 'Olga' }, detail: 'The last owner is Olga.' };
		const twice = { reason: 'tag_exists', params: { name: 'Travel' }, detail: 'There is a tag.' };
		expect(sentenceFor(refused(409, 'not_allowed', last))).toContain('Olga is the last owner');
		expect(sentenceFor(refused(409, 'duplicate', twice))).toContain('“Travel” already');
		await language.use('de');
		expect(sentenceFor(refused(409, 'not_allowed', last))).toContain('Außer Olga');
		await language.use('en');
	});

	test('a wrong field is told in the language of the app, and in English where it has no word for it', async () => {
		const errors = [
			{ pointer: '/name', code: 'too_long', params: { longest: '120' }, detail: 'Too long.' },
			{ pointer: '/hue', code: 'too_purple', detail: 'Too purple.' }
		];
		await language.use('de');
		expect(faultsByField(refused(422, 'invalid', { errors }))).toEqual({
			name: 'Das hat mehr als 120 Zeichen.',
			hue: 'Too purple.'
		});
		expect(sentenceFor(refused(422, 'invalid', { errors }))).toContain('mehr als 120 Zeichen. Too purple.');
		await language.use('en');
	});

	test('faults of fields are found by the name of the field', () => {
		const errors = [{ pointer: '/email', code: 'taken', detail: 'Taken.' }];
		expect(faultsByField(refused(422, 'invalid', { errors }))).toEqual({ email: 'Taken.' });
		expect(faultsByField(new UnreachableError())).toEqual({});
	});
});
