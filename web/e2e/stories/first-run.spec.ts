import { expect, test } from '../support/test.ts';

test('a new server welcomes, is set up, and is clocked in at once', async ({ page, freshServer }) => {
	await page.goto(freshServer.url);
	await expect(page.getByRole('heading', { name: 'Welcome to VibeSheets' })).toBeVisible();
	await page.getByRole('link', { name: 'Set up' }).click();

	await page.getByLabel('Your name').fill('Mara Lindqvist');
	await page.getByLabel('E-mail').fill('mara@example.com');
	await page.getByLabel('Password', { exact: true }).fill('a whole sentence');
	await page.getByRole('textbox', { name: 'Organisation' }).fill('Alpenlicht');
	await page.getByRole('button', { name: 'Create and start' }).click();

	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
	const clock = page.getByRole('region', { name: 'Clocked out' });
	await clock.getByRole('button', { name: 'Clock in' }).click();
	await expect(page.getByRole('region', { name: 'Clocked in' }).getByRole('timer')).toBeVisible();
	await expect(page).toHaveTitle(/^0:\d\d.* · Today · VibeSheets$/);
});

test('the set-up form names every fault, goes to the first, and keeps what was typed', async ({
	page,
	freshServer
}) => {
	await page.goto(`${freshServer.url}/welcome?step=setup`);
	await page.getByLabel('Your name').fill('Mara Lindqvist');
	await page.getByLabel('Password', { exact: true }).fill('short');
	await page.getByRole('button', { name: 'Create and start' }).click();

	await expect(page.getByRole('alert')).toHaveText([
		'Enter an e-mail address.',
		'The password needs at least 10 characters.',
		'Enter a name for the organisation.'
	]);
	await expect(page.getByLabel('E-mail')).toBeFocused();
	await expect(page.getByLabel('Your name')).toHaveValue('Mara Lindqvist');
});

test('whoever wants to look around is told how, and finds the way back', async ({ page, freshServer }) => {
	await page.goto(freshServer.url);
	await page.getByRole('link', { name: 'Look around' }).click();
	await expect(page.getByText('make demo')).toBeVisible();
	await page.getByRole('link', { name: 'Back' }).click();
	await expect(page.getByRole('link', { name: 'Import my history' })).toBeVisible();
});
