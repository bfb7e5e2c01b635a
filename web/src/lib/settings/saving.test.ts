import { beforeAll, expect, test } from 'vitest';
import { RefusedError } from '#lib/api/index.ts';
import { language } from '#lib/i18n/index.ts';
import { Saving } from './saving.svelte.ts';

beforeAll(() => language.use('en'));

const refused = (errors: { pointer: string; code: string; detail: string }[]) =>
	new RefusedError({ title: '', status: 422, code: 'invalid', detail: '', errors });

test('what was saved says so', async () => {
	const saving = new Saving();
	const done = saving.run('name', () => Promise.resolve());
	expect(saving.state).toBe('saving');
	expect(await done).toBe(true);
	expect([saving.state, saving.fault]).toEqual(['saved', '']);
});

test('a fault of the field is told in the words for it', async () => {
	const saving = new Saving();
	const errors = [{ pointer: '/name', code: 'far_too_long', detail: 'Too long.' }];
	expect(await saving.run('name', () => Promise.reject(refused(errors)))).toBe(false);
	expect([saving.state, saving.fault]).toEqual(['idle', 'Too long.']);
});

test('any other failure is told as everywhere', async () => {
	const saving = new Saving();
	await saving.run('name', () =>
		Promise.reject(refused([{ pointer: '/other', code: 'odd', detail: 'Odd.' }]))
	);
	expect(saving.fault).toContain('Odd.');
	expect(saving.fault).not.toBe('Odd.');
});

test('an earlier answer that comes late says nothing about the latest change', async () => {
	const saving = new Saving();
	let failFirst = (_: Error) => {};
	const first = saving.run('name', () => new Promise((_, reject) => (failFirst = reject)));
	await saving.run('name', () => Promise.resolve());
	failFirst(new Error('late'));
	expect(await first).toBe(false);
	expect([saving.state, saving.fault]).toEqual(['saved', '']);
});

test('what is refused before it is sent is not overtaken by what was sent', async () => {
	const saving = new Saving();
	let finish = () => {};
	const first = saving.run('name', () => new Promise<void>((resolve) => (finish = resolve)));
	saving.refuse('Enter a name.');
	finish();
	await first;
	expect([saving.state, saving.fault]).toEqual(['idle', 'Enter a name.']);
});
