import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { held } from '../support/late.ts';
import { expect, test } from '../support/test.ts';

/** Opens the dialog that erases `name`, by the row of the archived member. */
async function aboutToErase(page: Page, name: string) {
	await page.goto('/team');
	await page.getByRole('button', { name: 'Show 1 archived' }).click();
	await page.getByRole('button', { name: `Erase for ever: ${name}` }).click();
	return page.getByRole('dialog', { name: `Erase ${name} for ever?` });
}

test('someone is invited by a link, and joins with it', async ({ page, context, team, browser, watch }) => {
	const { name, email } = team.account('Sophie Dubois');
	await team.owner.enter(context);
	await page.goto('/team');
	await page.getByRole('button', { name: 'Invite someone' }).click();
	const dialog = page.getByRole('dialog');
	await dialog.getByLabel('Name').fill(name);
	await dialog.getByLabel('E-mail').fill(email);
	await dialog.getByLabel('Role').selectOption('Manager');
	await dialog.getByRole('button', { name: 'Invite' }).click();
	const link = await dialog.getByLabel('Link').inputValue();
	await dialog.getByRole('button', { name: 'Done' }).click();
	const row = page.getByRole('main').getByRole('listitem').filter({ hasText: name });
	await expect(row).toContainText('Invited');

	const theirs = await browser.newContext();
	const invited = await theirs.newPage();
	watch(invited);
	await invited.goto(link);
	await invited.getByLabel('Password', { exact: true }).fill('a whole sentence');
	await invited.getByRole('button', { name: 'Join' }).click();
	await expect(invited.getByRole('heading', { name: 'Today' })).toBeVisible();
	await theirs.close();
	await page.reload();
	await expect(row).toContainText('Can sign in');
});

test('a role is changed and changed back; the last owner stays owner', async ({ page, context, team }) => {
	const tom = await team.add('member', 'Tom Okafor');
	await team.owner.enter(context);
	await page.goto('/team');
	const role = page.getByLabel('Role of Tom Okafor');
	await role.selectOption('Manager');
	await expect(page.getByText('Tom Okafor: Manager.')).toBeVisible();
	await expect(role).toHaveValue('manager');
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(role).toHaveValue('member');
	await expect.poll(() => tom.call('GET', '/me')).toMatchObject({ member: { role: 'member' } });

	await page.getByLabel('Role of Olga Ober').selectOption('Member');
	await expect(page.getByText('Olga Ober is the last owner who can sign in.')).toBeVisible();
	await expect(page.getByLabel('Role of Olga Ober')).toHaveValue('owner');
});

test('an archived member is out of the list and comes back by undo', async ({ page, context, team }) => {
	await team.add('member', 'Tom Okafor');
	await team.owner.enter(context);
	await page.goto('/team');
	const row = page.getByRole('listitem').filter({ hasText: 'tom.okafor' });
	await row.getByRole('button', { name: 'Archive Tom Okafor' }).click();
	await expect(row).toBeHidden();
	await expect(page.getByText('Tom Okafor is archived. Their times stay.')).toBeVisible();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(row).toBeVisible();
});

test('a manager sees the team and can change nobody; a member is told whom it is for', async ({
	page,
	context,
	team
}) => {
	const leyla = await team.add('manager', 'Leyla Yıldız');
	const tom = await team.add('member', 'Tom Okafor');
	await leyla.enter(context);
	await page.goto('/team');
	await expect(page.getByRole('listitem').filter({ hasText: 'Tom Okafor' })).toBeVisible();
	await expect(page.getByRole('button', { name: 'Invite someone' })).toBeHidden();
	await expect(page.getByLabel(/^Role of/)).toHaveCount(0);
	await tom.enter(context);
	await page.goto('/team');
	await expect(page.getByText('The team is for managers and above.')).toBeVisible();
});

test('an archived member is erased for ever once their name is typed', async ({ page, context, team }) => {
	const tom = await team.add('member', 'Tom Okafor');
	await tom.entry('2026-03-10', '9:00', '16:45', { note: 'Lift 4' });
	await team.archive(tom);
	await team.owner.enter(context);
	const dialog = await aboutToErase(page, 'Tom Okafor');
	const [csv] = await Promise.all([
		page.waitForEvent('download'),
		dialog.getByRole('link', { name: 'Export all of the time of Tom Okafor as CSV' }).click()
	]);
	expect(await readFile(await csv.path(), 'utf8')).toContain('Lift 4');

	const erase = dialog.getByRole('button', { name: 'Erase for ever' });
	await dialog.getByLabel('Type “Tom Okafor” to confirm').fill('Tom');
	await expect(erase).toBeDisabled();
	await dialog.getByLabel('Type “Tom Okafor” to confirm').fill('tom okafor');
	const late = await held(page, '**/erasure');
	await erase.click();
	await late.asked;
	await expect(dialog.getByRole('button', { name: 'Erasing…' })).toHaveAttribute('aria-busy', 'true');
	late.letGo();

	await expect(dialog).toBeHidden();
	const row = page.getByRole('listitem').filter({ hasText: 'Erased member' });
	await expect(row).toBeFocused();
	await expect(page.getByRole('status').getByText('Tom Okafor is erased.')).toBeVisible();
	await expect(row.getByRole('button')).toHaveCount(0);
	await page.reload();
	await page.getByRole('button', { name: 'Show 1 archived' }).click();
	await expect(row).toHaveText(/^Erased member\s*Erased\s*$/);
	await expect(page.getByText('Tom Okafor')).toBeHidden();
});

test('why somebody cannot be erased is told in the dialog, and they stay', async ({
	page,
	context,
	team
}) => {
	const tom = await team.add('member', 'Tom Okafor');
	await tom.clock('in');
	await team.archive(tom);
	await team.owner.enter(context);
	const dialog = await aboutToErase(page, 'Tom Okafor');
	await dialog.getByLabel(/^Type/).fill('Tom Okafor');
	await page.keyboard.press('Enter');
	await expect(dialog.getByRole('alert')).toHaveText(
		'This person is still clocked in. Give the open entry the end that it had.'
	);
	await expect(dialog.getByRole('button', { name: 'Erase for ever' })).toBeFocused();
	await page.keyboard.press('Escape');
	await expect(page.getByRole('button', { name: 'Erase for ever: Tom Okafor' })).toBeFocused();
	await expect(page.getByRole('button', { name: 'Bring back Tom Okafor' })).toBeVisible();
});

test('what becomes of erasing is told also where the dialog was closed meanwhile', async ({
	page,
	context,
	team
}) => {
	await team.archive(await team.add('member', 'Tom Okafor'));
	await team.owner.enter(context);
	const dialog = await aboutToErase(page, 'Tom Okafor');
	await page.route('**/erasure', (route) => route.abort(), { times: 1 });
	await dialog.getByLabel(/^Type/).fill('Tom Okafor');
	await dialog.getByRole('button', { name: 'Erase for ever' }).click();
	await expect(dialog.getByRole('alert')).toContainText('No connection to the server.');

	const late = await held(page, '**/erasure');
	await dialog.getByRole('button', { name: 'Erase for ever' }).click();
	await late.asked;
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	late.letGo();
	await expect(page.getByText('Tom Okafor is erased.')).toBeVisible();
	await expect(page.getByRole('listitem').filter({ hasText: 'Erased member' })).not.toBeFocused();
});

test('a search for somebody who is erased meanwhile ends', async ({ page, context, team }) => {
	for (const number of ['One', 'Two', 'Three', 'Four', 'Five', 'Six'])
		await team.owner.call('POST', '/members', { name: `Helper ${number}`, role: 'member' });
	await team.archive(await team.add('member', 'Tom Okafor'));
	await team.owner.enter(context);
	await page.goto('/team');
	await page.getByRole('button', { name: 'Show 1 archived' }).click();
	await page.getByLabel('Find a member').fill('tom');
	await page.getByRole('button', { name: 'Erase for ever: Tom Okafor' }).click();
	await page.getByRole('dialog').getByLabel(/^Type/).fill('Tom Okafor');
	await page.keyboard.press('Enter');
	await expect(page.getByLabel('Find a member')).toHaveValue('');
	await expect(page.getByRole('listitem').filter({ hasText: 'Erased member' })).toBeFocused();
});

test('only an owner may erase', async ({ page, context, team }) => {
	await team.archive(await team.add('member', 'Tom Okafor'));
	const leyla = await team.add('admin', 'Leyla Yıldız');
	await leyla.enter(context);
	await page.goto('/team');
	await page.getByRole('button', { name: 'Show 1 archived' }).click();
	await expect(page.getByRole('button', { name: 'Bring back Tom Okafor' })).toBeVisible();
	await expect(page.getByRole('button', { name: /^Erase/ })).toHaveCount(0);
});
