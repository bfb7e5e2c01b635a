import { Server } from '../support/server.ts';
import { test as base, expect } from '../support/test.ts';

const test = base.extend<object, { demo: Server }>({
	demo: [
		async ({}, use) => {
			const server = await Server.start('demo');
			await use(server);
			await server.remove();
		},
		{ scope: 'worker' }
	]
});

test('whoever looks around is in with one press and finds a team at work', async ({ page, demo }) => {
	await page.goto(`${demo.url}/welcome`);
	await page.getByRole('button', { name: 'Enter the demonstration' }).click();
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
	await page.goto(`${demo.url}/team`);
	await expect(page.getByText('12 members')).toBeVisible();
	await page.goto(`${demo.url}/reports?period=last_month&group=member`);
	const table = page.getByRole('table', { name: /^Time by/ });
	await expect(table.getByRole('row', { name: /^Tom Okafor/ })).toContainText(/\d+:\d\d/);
});

test('the sign-in of the demonstration fills itself in', async ({ page, demo }) => {
	await page.goto(`${demo.url}/sign-in`);
	await page.getByRole('button', { name: 'Fill in the demonstration’s sign-in' }).click();
	await page.getByRole('button', { name: 'Sign in', exact: true }).click();
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
});
