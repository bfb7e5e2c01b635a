import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import type { Team } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const MARCH = '/reports?period=custom&from=2026-03-01&to=2026-03-31';

/** Two people on two projects of one client, 11 hours and one second in all. */
async function worked(team: Team) {
	const client = await team.owner.call<{ id: string }>('POST', '/clients', { name: 'Messe Wien' });
	const audit = await team.owner.project('Energy audit', { client_id: client.id });
	const office = await team.owner.project('Office');
	const tom = await team.add('member', 'Tom Okafor');
	await team.owner.entry('2026-03-03', '9:00', '12:00', { project_id: audit.id });
	await team.owner.entry('2026-03-04', '9:00', '10:00', { project_id: office.id });
	await tom.entry('2026-03-04', '8:00', '15:00', { project_id: audit.id, tags: ['on-site'] });
	await tom.call('POST', '/timesheets', {
		start: '2026-03-05T08:00:00',
		end: '2026-03-05T08:00:01',
		time_zone: team.timeZone
	});
	return { tom, audit, office };
}

function table(page: Page) {
	return page.getByRole('table', { name: /^Time by/ });
}

test('every choice is in the address, and rows sum to their total', async ({ page, context, team }) => {
	await worked(team);
	await team.owner.enter(context);
	await page.goto(MARCH);
	const rows = table(page).getByRole('row');
	await expect(rows.last()).toContainText('11:00:01');
	const group = page.getByRole('group', { name: 'Group by' });
	await group.getByRole('button', { name: 'Member' }).click();
	await group.getByRole('button', { name: 'Project' }).click();
	await expect(page).toHaveURL(/group=member/);
	await expect(rows.filter({ hasText: 'Tom Okafor' }).first()).toContainText('7:00:01');
	await expect(rows.filter({ hasText: 'Olga Ober' }).first()).toContainText('4:00:00');

	await page.getByLabel('Project', { exact: true }).selectOption('Energy audit');
	await expect(rows.last()).toContainText('10:00');
	const shared = page.url();
	await page.goto('/');
	await page.goto(shared);
	await expect(page.getByLabel('Project', { exact: true })).toHaveValue(/.+/);
	await expect(rows.last()).toContainText('10:00');

	await page
		.getByRole('navigation', { name: 'Main navigation' })
		.getByRole('link', { name: 'Today' })
		.click();
	await page
		.getByRole('navigation', { name: 'Main navigation' })
		.getByRole('link', { name: 'Reports' })
		.click();
	await expect(rows.last()).toContainText('10:00');
});

test('an export is what the page shows, to the second', async ({ page, context, team }) => {
	await worked(team);
	await team.owner.enter(context);
	await page.goto(MARCH);
	await expect(table(page).getByRole('row').last()).toContainText('11:00:01');

	const [csv] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: /as CSV$/ }).click()
	]);
	expect(csv.suggestedFilename()).toMatch(/\.csv$/);
	const lines = (await readFile(await csv.path(), 'utf8')).trim().split(/\r?\n/);
	expect(lines).toHaveLength(5);

	const [json] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: /as JSON$/ }).click()
	]);
	const file = JSON.parse(await readFile(await json.path(), 'utf8')) as { entries: { seconds: number }[] };
	const seconds = file.entries.reduce((sum, entry) => sum + entry.seconds, 0);
	expect(seconds).toBe(11 * 3600 + 1);

	const [xlsx] = await Promise.all([
		page.waitForEvent('download'),
		page.getByRole('link', { name: /as Excel$/ }).click()
	]);
	const head = (await readFile(await xlsx.path())).subarray(0, 2).toString();
	expect(head, 'an XLSX file is a ZIP archive').toBe('PK');
});

test('a label with a comma in it reads as one', async ({ page, context, team }) => {
	await team.owner.entry('2026-03-03', '9:00', '12:00', { tags: ['cable, spare', 'on-site'] });
	await team.owner.enter(context);
	await page.goto(`${MARCH}&group=tag`);
	await expect(table(page).getByRole('row', { name: '“cable, spare”, on-site' })).toContainText('3:00');
});

test('a member sees their own time only', async ({ page, context, team }) => {
	const { tom } = await worked(team);
	await tom.enter(context);
	await page.goto(MARCH);
	await expect(table(page).getByRole('row').last()).toContainText('7:00:01');
	await expect(page.getByText('Olga Ober')).toBeHidden();
});

test('nothing that fits says so and offers the way out', async ({ page, context, team }) => {
	const { office } = await worked(team);
	await team.owner.enter(context);
	await page.goto(`/reports?period=custom&from=2025-01-01&to=2025-01-31&project=${office.id}`);
	await expect(page.getByText('Nothing in this period fits the filters.')).toBeVisible();
	await page.getByRole('button', { name: 'Clear the filters' }).click();
	await expect(page.getByText('There is nothing yet.')).toBeVisible();
	await expect(page).not.toHaveURL(/project=/);
});

test('who was erased is nobody to choose, and is named where an old address asks for them', async ({
	page,
	context,
	team
}) => {
	const tom = await team.add('member', 'Tom Okafor');
	await team.add('member', 'Sophie Dubois');
	await tom.entry('2026-03-04', '8:00', '15:00');
	await team.owner.entry('2026-03-03', '9:00', '12:00');
	await team.erase(tom);
	await team.owner.enter(context);
	await page.goto(MARCH);
	await expect(table(page).getByRole('row').last()).toContainText('3:00');
	const people = page.getByLabel('Member', { exact: true });
	await expect(people.getByRole('option')).toHaveText(['Everyone', 'Olga Ober', 'Sophie Dubois']);
	await page.goto(`${MARCH}&member=${tom.me.member.id}`);
	await expect(people.getByRole('option', { selected: true })).toHaveText('Erased member');
	await expect(page.getByText('Nothing in this period fits the filters.')).toBeVisible();
});

test('beside the erased one is alone: there is nobody to choose', async ({ page, context, team }) => {
	await team.erase(await team.add('member', 'Tom Okafor'));
	await team.owner.entry('2026-03-03', '9:00', '12:00');
	await team.owner.enter(context);
	await page.goto(MARCH);
	await expect(table(page).getByRole('row').last()).toContainText('3:00');
	await expect(page.getByLabel('Member', { exact: true })).toHaveCount(0);
	await expect(
		page.getByRole('group', { name: 'Group by' }).getByRole('button', { name: 'Member' })
	).toHaveCount(0);
});
