import { PASSWORD } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('signs in and out again', async ({ page, team }) => {
	await page.goto('/');
	await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
	await page.getByLabel('E-mail').fill(team.owner.email);
	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();

	await page.keyboard.press('Control+k');
	await page.getByRole('combobox', { name: 'Commands' }).fill('sign out');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();
	await page.goto('/');
	await expect(page).toHaveURL(/\/sign-in$/);
});

test('a wrong password is told, and nothing has to be typed again but that', async ({ page, team }) => {
	await page.goto('/sign-in');
	await page.getByLabel('E-mail').fill(team.owner.email);
	await page.getByLabel('Password', { exact: true }).fill('something else');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('alert')).toHaveText('E-mail or password is not right.');
	await expect(page.getByLabel('E-mail')).toHaveValue(team.owner.email);

	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
});

test('after an ended session one signs in and is back on the same page', async ({ page, context, team }) => {
	await team.owner.entry('2026-03-04', '9:00', '10:00');
	await team.owner.enter(context);
	await page.goto('/week?date=2026-03-04');
	await expect(page.getByRole('grid', { name: 'Week' })).toBeVisible();

	// The same session, ended from another device; the page asks as soon as it has reason to.
	const { me } = team.owner;
	await team.owner.call('DELETE', `/sessions/${me.session!.id}`);
	await page.evaluate(() => dispatchEvent(new Event('online')));
	await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible();

	await page.getByLabel('E-mail').fill(team.owner.email);
	await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('grid', { name: 'Week' })).toBeVisible();
	await expect(page).toHaveURL(/\/week\?date=2026-03-04$/);
});

test('a page that does not exist says so and leads on', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto('/no-such-page');
	await expect(page.getByRole('heading', { name: 'There is no page here.' })).toBeVisible();
	await page.getByRole('link', { name: 'Go to Today' }).click();
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
});
