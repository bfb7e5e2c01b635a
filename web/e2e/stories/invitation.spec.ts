import { expect, test } from '../support/test.ts';

test('an invited member joins, and sees what members see', async ({ page, team }) => {
	const { name, email } = team.account('Nguyễn Minh Anh');
	await page.goto(await team.invite('member', name, email));
	await expect(page.getByRole('heading', { name: 'Join Alpenlicht' })).toBeVisible();
	await expect(page.getByText('You were invited as member.')).toBeVisible();
	await expect(page.getByLabel('Your name')).toHaveValue(name);
	await expect(page.getByLabel('E-mail')).toHaveValue(email);
	await page.getByLabel('Password', { exact: true }).fill('a whole sentence');
	await page.getByRole('button', { name: 'Join' }).click();

	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
	const navigation = page.getByRole('navigation', { name: 'Main navigation' });
	await expect(navigation.getByRole('link', { name: 'Reports' })).toBeVisible();
	await expect(navigation.getByRole('link', { name: 'Team' })).toBeHidden();
	await expect(navigation.getByRole('link', { name: 'Import' })).toBeHidden();
});

test('a link that was used already says so and leads to signing in', async ({ page, team, playwright }) => {
	const account = team.account('Piotr Zieliński');
	const link = await team.invite('member', account.name, account.email);
	const browser = await playwright.request.newContext({ baseURL: team.server.url });
	const invitation = decodeURIComponent(link.split('#')[1]!);
	const joined = await browser.post('/api/auth/signup', {
		data: { ...account, password: 'a whole sentence', invitation },
		headers: { origin: team.server.url }
	});
	expect(joined.status()).toBe(201);
	await browser.dispose();

	await page.goto(link);
	await expect(page.getByRole('alert')).toContainText('This invitation is not valid any more');
	await page.getByRole('link', { name: 'Sign in' }).click();
	await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
});
