import type { Page } from '@playwright/test';
import { Person } from '../support/people.ts';
import { noonZone, todayIn } from '../support/clock.ts';
import { expect, test } from '../support/test.ts';

/** Every try to send a clock command, answered or not. */
function tries(page: Page): { key: string; at: string }[] {
	const seen: { key: string; at: string }[] = [];
	page.on('request', (request) => {
		if (!request.url().endsWith('/api/clock')) return;
		const { at } = request.postDataJSON() as { at: string };
		seen.push({ key: request.headers()['idempotency-key']!, at });
	});
	return seen;
}

/** Until the service worker has taken the page over, a reload needs the server. */
async function controlled(page: Page): Promise<void> {
	await page.evaluate(async () => {
		const workers = navigator.serviceWorker;
		if (!workers.controller)
			await new Promise((taken) => workers.addEventListener('controllerchange', taken, { once: true }));
	});
}

test('clocked in offline, reloaded, and sent once online with its own time and id', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/');
	await expect(page.getByRole('button', { name: 'Clock in' }).first()).toBeEnabled();
	await controlled(page);
	const sent = tries(page);

	await context.setOffline(true);
	await page.getByRole('region', { name: 'Clocked out' }).getByRole('button', { name: 'Clock in' }).click();
	const running = page.getByRole('region', { name: 'Clocked in' });
	await expect(running).toBeVisible();
	await expect(page.getByText('1 clock event is kept on this device')).toBeVisible();
	await expect.poll(() => sent.length, 'tries before the reload').toBeGreaterThan(0);

	await page.reload();
	await expect(running).toBeVisible();
	await expect(page.getByText('1 clock event is kept on this device')).toBeVisible();

	await context.setOffline(false);
	await expect(page.getByText('kept on this device')).toBeHidden();
	await expect(running.getByRole('button', { name: 'Project: No project' })).toBeEnabled();
	const [entry, ...others] = await team.owner.entriesOn(todayIn(team.timeZone));
	expect(others).toEqual([]);
	expect(new Set(sent.map(({ key }) => key)).size).toBe(1);
	expect(sent.length).toBeGreaterThan(1);
	expect(Date.parse(entry!.start)).toBe(Math.floor(Date.parse(sent[0]!.at) / 1000) * 1000);
});

test('a whole shift clocked offline arrives in its order', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto('/');
	await expect(page.getByRole('button', { name: 'Clock in' }).first()).toBeEnabled();
	await context.setOffline(true);
	await page.getByRole('region', { name: 'Clocked out' }).getByRole('button', { name: 'Clock in' }).click();
	await page.getByRole('region', { name: 'Clocked in' }).getByRole('button', { name: 'Clock out' }).click();
	await expect(page.getByText('2 clock events are kept on this device')).toBeVisible();
	await context.setOffline(false);
	const ended = async () =>
		(await team.owner.entriesOn(todayIn(team.timeZone))).map(({ end }) => end !== null);
	await expect.poll(ended).toEqual([true]);
	await expect(page.getByText('kept on this device')).toBeHidden();
});

test('an offline clock-in that the server refuses later is shown until it is seen', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/');
	await expect(page.getByRole('button', { name: 'Clock in' }).first()).toBeEnabled();
	await controlled(page);
	await context.setOffline(true);
	await page.getByRole('region', { name: 'Clocked out' }).getByRole('button', { name: 'Clock in' }).click();
	await expect(page.getByText('1 clock event is kept on this device')).toBeVisible();
	await team.owner.clock('in', { note: 'At the terminal' });
	await context.setOffline(false);

	const refused = page.getByRole('alert');
	await expect(refused).toContainText('Your clock-in of');
	await page.reload();
	await expect(refused).toContainText('You were already clocked in since');
	await refused.getByRole('button', { name: 'Done' }).click();
	await expect(refused).toBeHidden();
	expect(await team.owner.entriesOn(todayIn(team.timeZone))).toHaveLength(1);
});

test('what is clocked while the server is down arrives when it is back', async ({
	page,
	context,
	freshServer,
	playwright
}) => {
	const time_zone = noonZone();
	const account = { name: 'Olga Ober', email: 'olga@example.com', organisation: 'Alpenlicht', time_zone };
	const olga = await Person.signUp(freshServer, playwright.request, account);
	await olga.enter(context);
	await page.goto(freshServer.url);
	await expect(page.getByRole('button', { name: 'Clock in' }).first()).toBeEnabled();
	await freshServer.halt();
	await page.getByRole('region', { name: 'Clocked out' }).getByRole('button', { name: 'Clock in' }).click();
	await expect(page.getByText('1 clock event is kept on this device')).toBeVisible();

	await freshServer.run();
	await expect(page.getByText('kept on this device')).toBeHidden();
	await expect(page.getByRole('region', { name: 'Clocked in' })).toBeVisible();
	await expect.poll(() => olga.entriesOn(todayIn(time_zone))).toHaveLength(1);
	await olga.api.dispose();
});
