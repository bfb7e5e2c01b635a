import { expect, test } from 'vitest';
import { passwordFaults } from './password.ts';

test('a password is counted in characters as people see them, not in halves', () => {
	expect(passwordFaults('old one', '😀'.repeat(9))).toEqual({ chosen: 'short' });
	expect(passwordFaults('old one', '😀'.repeat(10))).toEqual({});
});

test('the current one is needed, and the new one must differ', () => {
	expect(passwordFaults('', 'correct horse')).toEqual({ current: 'missing' });
	expect(passwordFaults('correct horse', 'correct horse')).toEqual({ chosen: 'same' });
});
