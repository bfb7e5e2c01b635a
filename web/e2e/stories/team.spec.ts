import { expect, test } from '../support/test.ts';

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
