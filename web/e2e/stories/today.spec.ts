import { todayIn } from '../support/clock.ts';
import { held } from '../support/late.ts';
import { expect, test } from '../support/test.ts';

const DAY = '2026-03-10';

test('clocks in with a project and a note, and out again', async ({ page, context, team }) => {
	await team.owner.project('Lift maintenance');
	const tom = await team.add('member', 'Tom Okafor');
	await tom.enter(context);
	await page.goto('/');

	const idle = page.getByRole('region', { name: 'Clocked out' });
	await idle.getByRole('button', { name: 'Project: No project' }).click();
	await page.getByRole('combobox', { name: 'Find a project' }).fill('lift');
	await page.keyboard.press('Enter');
	await idle.getByLabel('Note').fill('Door sensor');
	await idle.getByRole('button', { name: 'Clock in' }).click();

	const running = page.getByRole('region', { name: 'Clocked in' });
	await expect(running.getByRole('button', { name: 'Project: Lift maintenance' })).toBeEnabled();
	await expect(running.getByLabel('Note')).toHaveValue('Door sensor');
	await expect(page.getByRole('listitem', { name: /^Entry from .* to running/ })).toBeVisible();
	await running.getByLabel('Note').fill('Door sensor, lift 4');
	await page.keyboard.press('Enter');

	await running.getByRole('button', { name: 'Clock out' }).click();
	await expect(idle).toBeVisible();
	const row = page.getByRole('listitem', { name: /^Entry from \d/ });
	await expect(row.getByLabel('Note')).toHaveValue('Door sensor, lift 4');
	await expect(row.getByRole('button', { name: 'Project: Lift maintenance' })).toBeVisible();
	await expect(page).toHaveTitle('Today · VibeSheets');

	const expected = { note: 'Door sensor, lift 4', source: 'clock', end: expect.any(String) as unknown };
	await expect.poll(() => tom.entriesOn(todayIn(team.timeZone))).toMatchObject([expected]);
});

test('adds an entry by hand and edits every part of it in place', async ({ page, context, team }) => {
	const person = team.owner;
	const project = await person.project('Energy audit');
	await person.enter(context);
	await page.goto(`/?date=${DAY}`);

	await page.getByRole('button', { name: 'Add an entry' }).click();
	const entries = page.getByRole('region', { name: 'Entries' });
	await entries.getByLabel('Start').fill('9');
	await entries.getByLabel('End').fill('10:30');
	await entries.getByLabel('Note').fill('Meters');
	await entries.getByRole('button', { name: 'Add', exact: true }).click();

	const row = page.getByRole('listitem', { name: /^Entry from/ });
	await expect(row).toHaveAccessibleName('Entry from 09:00 to 10:30, 1:30');
	await row.getByLabel('Start').fill('8:15');
	await page.keyboard.press('Enter');
	await expect(row).toHaveAccessibleName('Entry from 08:15 to 10:30, 2:15');
	await row.getByLabel('Duration').fill('3h');
	await page.keyboard.press('Enter');
	await expect(row).toHaveAccessibleName('Entry from 08:15 to 11:15, 3:00');
	await row.getByLabel('Note').fill('Meters read');
	await page.keyboard.press('Enter');
	await row.getByRole('button', { name: 'Project: No project' }).click();
	await page.getByRole('option', { name: 'Energy audit' }).click();
	await expect(row.getByRole('button', { name: 'Project: Energy audit' })).toBeVisible();

	const expected = { note: 'Meters read', project_id: project.id, seconds: 10_800 };
	await expect.poll(() => person.entriesOn(DAY)).toMatchObject([expected]);
	await page.reload();
	await expect(row).toHaveAccessibleName('Entry from 08:15 to 11:15, 3:00');
	await expect(row.getByLabel('Note')).toHaveValue('Meters read');
	await expect(row.getByRole('button', { name: 'Project: Energy audit' })).toBeVisible();
});

test('a deleted entry comes back by undo', async ({ page, context, team }) => {
	const entry = await team.owner.entry(DAY, '9:00', '10:00', { note: 'Rigging' });
	await team.owner.enter(context);
	await page.goto(`/?date=${DAY}`);
	const row = page.getByRole('listitem', { name: /^Entry from 09:00/ });
	await row.getByRole('button', { name: 'Delete the entry from 09:00 to 10:00' }).click();
	await expect(row).toBeHidden();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByText('The entry is back.')).toBeVisible();
	await expect(row.getByLabel('Note')).toHaveValue('Rigging');
	expect((await team.owner.entriesOn(DAY)).map(({ id }) => id)).toEqual([entry.id]);
});

test('an overlap is told by its times, and what was there stays', async ({ page, context, team }) => {
	await team.owner.entry(DAY, '9:00', '10:00');
	await team.owner.entry(DAY, '10:00', '12:00');
	await team.owner.enter(context);
	await page.goto(`/?date=${DAY}`);
	const first = page.getByRole('listitem', { name: /^Entry from 09:00/ });
	await first.getByLabel('End').fill('10:30');
	await page.keyboard.press('Enter');
	await expect(page.getByText('This would overlap your entry from 10:00 to 12:00.')).toBeVisible();
	await expect(first).toHaveAccessibleName('Entry from 09:00 to 10:00, 1:00');

	await page.getByRole('button', { name: 'Add an entry' }).click();
	const entries = page.getByRole('region', { name: 'Entries' });
	const form = entries.locator('form');
	await form.getByLabel('Start').fill('11:00');
	await form.getByLabel('End').fill('13:00');
	await form.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(form.getByRole('alert')).toContainText('overlap your entry from 10:00 to 12:00');
	await form.getByLabel('Start').fill('12:00');
	await form.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(page.getByRole('listitem', { name: 'Entry from 12:00 to 13:00, 1:00' })).toBeVisible();
});

test('what cannot be read is told under its entry, and Escape takes it back', async ({
	page,
	context,
	team
}) => {
	await team.owner.entry(DAY, '9:00', '10:00');
	await team.owner.enter(context);
	await page.goto(`/?date=${DAY}`);
	const row = page.getByRole('listitem', { name: /^Entry from/ });
	await row.getByLabel('End').fill('half past');
	await page.keyboard.press('Enter');
	await expect(row.getByRole('alert')).toHaveText('Write a time such as 9:30.');
	await expect(row.getByLabel('End')).toHaveAttribute('aria-invalid', 'true');
	await row.getByLabel('End').fill('10:15');
	await page.keyboard.press('Enter');
	await expect(row).toHaveAccessibleName('Entry from 09:00 to 10:15, 1:15');
	await expect(row.getByRole('alert')).toBeHidden();
});

test('a clock-in that another device made first is refused in words, and the clock shows what runs', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/');
	const button = page.getByRole('region', { name: 'Clocked out' }).getByRole('button', { name: 'Clock in' });
	await expect(button).toBeEnabled();
	await team.owner.clock('in', { note: 'From my phone' });
	await button.click();

	const refused = page.getByRole('alert');
	await expect(refused).toContainText('was not accepted');
	await expect(refused).toContainText('You were already clocked in since');
	const running = page.getByRole('region', { name: 'Clocked in' });
	await expect(running.getByLabel('Note')).toHaveValue('From my phone');
	await refused.getByRole('button', { name: 'Done' }).click();
	await expect(refused).toBeHidden();
	await page.reload();
	await expect(running).toBeVisible();
	await expect(refused).toBeHidden();
});

test('two tabs agree without being asked', async ({ page, context, team, watch }) => {
	await team.owner.enter(context);
	const other = await context.newPage();
	watch(other);
	await page.goto('/');
	await other.goto('/');
	await expect(other.getByRole('region', { name: 'Clocked out' })).toBeVisible();
	await page.getByRole('region', { name: 'Clocked out' }).getByRole('button', { name: 'Clock in' }).click();
	await expect(other.getByRole('region', { name: 'Clocked in' })).toBeVisible();
});

test('a night shift is one entry of the day it began on', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto(`/?date=${DAY}`);
	await page.getByRole('button', { name: 'Add an entry' }).click();
	const entries = page.getByRole('region', { name: 'Entries' });
	await entries.getByLabel('Start').fill('22');
	await entries.getByLabel('End').fill('6');
	await entries.getByRole('button', { name: 'Add', exact: true }).click();
	const row = page.getByRole('listitem', { name: 'Entry from 22:00 to 06:00, 8:00' });
	await expect(row.getByTitle('ends on Wed 11 Mar')).toBeVisible();
	await page.getByRole('link', { name: 'Next day' }).click();
	await expect(page.getByText('Your entries of this day will be listed here.')).toBeVisible();
	await expect(page.getByRole('figure').getByText(/^22:00 to 06:00/)).toBeAttached();
});

test('a status that was asked for before a press and comes after it changes nothing', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/');
	const idle = page.getByRole('region', { name: 'Clocked out' });
	await expect(idle.getByRole('button', { name: 'Clock in' })).toBeEnabled();

	const late = await held(page, '**/api/status');
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await late.asked;
	await idle.getByRole('button', { name: 'Clock in' }).click();
	const running = page.getByRole('region', { name: 'Clocked in' });
	await expect(running.getByRole('button', { name: 'Project: No project' })).toBeEnabled();
	const next = page.waitForResponse('**/api/status');
	late.letGo();
	await next;
	await expect(running).toBeVisible();
	await expect(idle).toBeHidden();
});
