import { expect, test } from 'vitest';
import { MOST_BYTES, take } from './file.ts';

const sized = (size: number, read: () => Promise<ArrayBuffer>) =>
	({ name: 'x.csv', size, arrayBuffer: read }) as File;
const nothing = () => Promise.resolve(new ArrayBuffer(0));

test('a file is taken with its bytes', async () => {
	const taken = await take(new File(['User,Email\r\n'], 'July.csv'));
	if (typeof taken === 'string') throw new Error(taken);
	expect(taken.name).toBe('July.csv');
	expect(await taken.content.text()).toBe('User,Email\r\n');
});

test('an empty file is not sent', async () => {
	expect(await take(sized(0, nothing))).toBe('empty');
});

test('a file over the limit is not even read', async () => {
	const never = () => Promise.reject(new Error('was read'));
	expect(await take(sized(MOST_BYTES + 1, never))).toBe('large');
	expect(await take(sized(MOST_BYTES, nothing))).toMatchObject({ name: 'x.csv' });
});

test('a file that went away says so', async () => {
	expect(await take(sized(1, () => Promise.reject(new DOMException('', 'NotReadableError'))))).toBe('gone');
});
