import { Team } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

const DAY = '2026-03-10';

test('an entry tells its life, who and from what to what, and its chain is verified', async ({
	page,
	context,
	team
}) => {
	await team.owner.entry(DAY, '9:00', '10:00', { note: 'Rigging' });
	await team.owner.enter(context);
	await page.goto(`/?date=${DAY}`);
	const row = page.getByRole('listitem', { name: /^Entry from/ });
	await row.getByLabel('End').fill('10:30');
	await page.keyboard.press('Enter');
	await expect(row).toHaveAccessibleName('Entry from 09:00 to 10:30, 1:30');
	await row.getByRole('link', { name: 'History of the entry from 09:00 to 10:30' }).click();

	await expect(page.getByRole('heading', { name: 'Verified' })).toBeVisible();
	const story = page.getByRole('region', { name: 'What happened' });
	await expect(story.getByRole('heading', { level: 3 })).toHaveText([
		'Olga Ober edited it',
		'Olga Ober added this entry'
	]);
	await expect(story.getByRole('listitem').first().locator('del').first()).toContainText('10:00');
	await expect(story.getByRole('listitem').first().locator('ins').first()).toContainText('10:30');
});

test('a record shows its whole day as it stood then', async ({ page, context, team }) => {
	const first = await team.owner.entry(DAY, '9:00', '10:00', { note: 'Rigging' });
	await team.owner.call('DELETE', `/timesheets/${first.id}`, undefined, { 'if-match': `"${first.version}"` });
	await team.owner.entry(DAY, '13:00', '15:00', { note: 'Later' });
	await team.owner.enter(context);
	await page.goto(`/entries/${first.id}/history`);
	const records = page.getByRole('region', { name: 'What happened' }).locator('ol > li');
	await records.last().getByRole('button', { name: 'The day as it was then' }).click();
	const then = records.last().getByRole('region', { name: 'The day as it was then' });
	await expect(then.getByRole('listitem')).toHaveText([/09:00 – 10:00.*Rigging.*1:00/s]);
	await expect(then.getByText('Total 1:00')).toBeVisible();
	await records.first().getByRole('button', { name: 'The day as it was then' }).click();
	await expect(records.first().getByText('No entry counted then.')).toBeVisible();
});

test('a deleted entry is found by its address and restored there', async ({ page, context, team }) => {
	const entry = await team.owner.entry(DAY, '9:00', '10:00');
	await team.owner.call('DELETE', `/timesheets/${entry.id}`, undefined, { 'if-match': `"${entry.version}"` });
	await team.owner.enter(context);
	await page.goto(`/entries/${entry.id}/history`);
	await page.getByRole('button', { name: 'Restore the entry' }).click();
	await expect(page.getByRole('heading', { name: 'Olga Ober restored it' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Restore the entry' })).toBeHidden();
	expect(await team.owner.entriesOn(DAY)).toHaveLength(1);
});

test('the history of another organisation’s entry is not there', async ({
	page,
	context,
	team,
	playwright
}) => {
	const others = await Team.found(team.server, playwright.request, team.timeZone);
	const theirs = await others.owner.entry(DAY, '9:00', '10:00', { note: 'A secret' });
	await team.owner.enter(context);
	await page.goto(`/entries/${theirs.id}/history`);
	await expect(page.getByRole('alert')).toContainText('This does not exist, or it is not yours to see.');
	await expect(page.getByText('A secret')).toBeHidden();
	await others.dispose();
});
