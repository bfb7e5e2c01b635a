import { describe, expect, test } from 'vitest';
import { invitationToken, paths, returnPath } from './paths.ts';

describe('paths', () => {
	test('leave out what is not given', () => {
		expect(paths.today()).toBe('/');
		expect(paths.today('2026-06-15')).toBe('/?date=2026-06-15');
		expect(paths.week('2026-06-15')).toBe('/week?date=2026-06-15');
		expect(paths.reports({ from: '2026-06-01', group: ['date', 'project'], member: undefined })).toBe(
			'/reports?from=2026-06-01&group=date%2Cproject'
		);
	});

	test('escape what comes from outside', () => {
		expect(paths.entryHistory('../x')).toBe('/entries/..%2Fx/history');
		expect(paths.invitation('a b#c')).toBe('/invitation#a%20b%23c');
	});

	test('an invitation token survives the way through the address', () => {
		expect(invitationToken(new URL(paths.invitation('a+b/c=%'), 'http://x').hash)).toBe('a+b/c=%');
		expect(invitationToken('#%')).toBe('');
	});

	test('signing in leads back to where one was', () => {
		const address = new URL(paths.signIn('/reports?from=2026-06-01'), 'http://x');
		expect(returnPath(address.searchParams)).toBe('/reports?from=2026-06-01');
		expect(paths.signIn('/')).toBe('/sign-in');
	});

	test.each(['https://evil.example', '//evil.example', '/\\evil.example', '/\t/evil.example', '', 'week'])(
		'signing in never leads to %j',
		(target) => {
			expect(returnPath(new URLSearchParams({ return: target }))).toBe('/');
			expect(paths.signIn(target)).toBe('/sign-in');
		}
	);
});
