import { expectAccessible } from '../support/looks.ts';
import type { Team } from '../support/people.ts';
import { todayIn } from '../support/clock.ts';
import { expect, test } from '../support/test.ts';

const DAY = '2026-03-04';

/** A team with something to show on every page. */
async function busy(team: Team) {
	const client = await team.owner.call<{ id: string }>('POST', '/clients', { name: 'Messe Wien' });
	const project = await team.owner.project('Energy audit', { client_id: client.id, color: 3 });
	await team.owner.call('POST', '/tags', { name: 'on-site' });
	await team.invite('member', 'Piotr Zieliński', team.account('Piotr').email);
	const fields = { project_id: project.id, note: 'Meters read', tags: ['on-site'] };
	const entry = await team.owner.entry(DAY, '9:00', '12:00', fields);
	await team.owner.entry(DAY, '13:00', '15:30');
	return entry;
}

test.describe('axe finds nothing', () => {
	for (const path of ['/welcome', '/welcome?step=setup', '/welcome?step=demo'])
		test(`on ${path}`, async ({ page, freshServer }) => {
			await page.goto(freshServer.url + path);
			await expectAccessible(page, () => expect(page.getByRole('heading', { level: 1 })).toBeVisible());
		});

	test('on /sign-in', async ({ page, team }) => {
		await page.goto(`${team.server.url}/sign-in`);
		await expectAccessible(page, () => expect(page.getByLabel('E-mail')).toBeVisible());
	});

	test('on an invitation', async ({ page, team }) => {
		await page.goto(await team.invite('admin', 'Jonas', team.account('Jonas').email));
		await expectAccessible(page, () => expect(page.getByLabel('Your name')).toBeVisible());
	});

	test('on Today while clocked out, with a row at fault', async ({ page, context, team }) => {
		await busy(team);
		await team.owner.enter(context);
		await page.goto(`/?date=${DAY}`);
		const row = page.getByRole('listitem', { name: 'Entry from 09:00 to 12:00' });
		await row.getByLabel('End').fill('never');
		await page.keyboard.press('Enter');
		await expectAccessible(page, () => expect(row.getByRole('alert')).toBeVisible());
	});

	test('on Today while clocked in, with everything open', async ({ page, context, team }) => {
		await busy(team);
		await team.owner.clock('in', { note: 'Report' });
		await team.owner.enter(context);
		await page.goto(`/?date=${todayIn(team.timeZone)}`);
		const clock = page.getByRole('region', { name: 'Clocked in' });
		await page.getByRole('button', { name: 'Add an entry' }).click();
		await clock.getByRole('button', { name: /^Project/ }).click();
		await expectAccessible(page, () => expect(clock.getByRole('listbox')).toBeVisible());
	});

	test('in the palette', async ({ page, context, team }) => {
		await busy(team);
		await team.owner.enter(context);
		await page.goto('/');
		await expect(page.getByRole('button', { name: 'Clock in' }).first()).toBeEnabled();
		await page.keyboard.press('Control+k');
		await expectAccessible(page, () => expect(page.getByRole('option').first()).toBeVisible());
	});

	for (const { path, shows } of [
		{ path: `/week?date=${DAY}`, shows: /Wed/ },
		{ path: '/reports?period=custom&from=2026-03-01&to=2026-03-31', shows: /5:30/ },
		{ path: '/projects', shows: /Energy audit/ },
		{ path: '/import', shows: /Toggl/ },
		{ path: '/settings', shows: /Sign out here/ },
		{ path: '/team', shows: /Piotr/ }
	])
		test(`on ${path}`, async ({ page, context, team }) => {
			await busy(team);
			await team.owner.enter(context);
			await page.goto(path);
			const content = page.getByRole('main').getByText(shows).filter({ visible: true }).first();
			await expectAccessible(page, () => expect(content).toBeVisible());
		});

	test('on the team with archived and erased members, and while one is erased', async ({
		page,
		context,
		team
	}) => {
		await team.erase(await team.add('member', 'Tom Okafor'));
		const sophie = await team.add('member', 'Sophie Dubois');
		await sophie.clock('in');
		await team.archive(sophie);
		await team.owner.enter(context);
		await page.goto('/team');
		await page.getByRole('button', { name: 'Show 2 archived' }).click();
		await expectAccessible(page, () => expect(page.getByText('Erased member')).toBeVisible());
		await page.getByRole('button', { name: 'Erase for ever: Sophie Dubois' }).click();
		await page.getByRole('dialog').getByLabel(/^Type/).fill('Sophie Dubois');
		await page.keyboard.press('Enter');
		await expectAccessible(page, () => expect(page.getByRole('dialog').getByRole('alert')).toBeVisible());
	});

	test('on the history of an entry', async ({ page, context, team }) => {
		const { id } = await busy(team);
		await team.owner.enter(context);
		await page.goto(`/entries/${id}/history`);
		await expectAccessible(page, () => expect(page.getByText('Verified')).toBeVisible());
	});
});
