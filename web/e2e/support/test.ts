import { test as base, expect, type Page } from '@playwright/test';
import { noonZone } from './clock.ts';
import { Team } from './people.ts';
import { Server } from './server.ts';

export { expect };

interface Fixtures {
	/** An organisation of the test's own. */
	team: Team;
	/** A server that nobody has set up. */
	freshServer: Server;
	/** Fails a test in whose pages anything broke, or met the content security policy. */
	watch: (page: Page) => void;
}

export const test = base.extend<Fixtures, { server: Server }>({
	server: [
		async ({}, use) => {
			const server = await Server.start('open');
			await use(server);
			await server.remove();
		},
		{ scope: 'worker' }
	],
	freshServer: async ({}, use) => {
		const server = await Server.start('invite');
		await use(server);
		await server.remove();
	},
	baseURL: async ({ server }, use) => use(server.url),
	timezoneId: async ({}, use) => use(noonZone()),
	team: async ({ server, playwright, timezoneId }, use) => {
		const team = await Team.found(server, playwright.request, timezoneId!);
		await use(team);
		await team.dispose();
	},
	watch: async ({}, use) => {
		const faults: string[] = [];
		await use((page) => {
			page.on('pageerror', (error) => faults.push(String(error)));
			page.on('console', (message) => {
				// A refused or unreachable request is part of many stories; the browser reports each as an error.
				const expected = message.text().startsWith('Failed to load resource');
				if (message.type() === 'error' && !expected) faults.push(message.text());
			});
		});
		expect(faults, 'errors in the page').toEqual([]);
	},
	page: async ({ page, watch }, use) => {
		watch(page);
		await use(page);
	}
});
