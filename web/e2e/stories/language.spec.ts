import { expect, test } from '../support/test.ts';

test('the door speaks German, and whoever sets up in German goes on in German', async ({
	page,
	freshServer
}) => {
	await page.goto(freshServer.url);
	await page.getByRole('button', { name: 'Deutsch' }).click();
	await expect(page.locator('html')).toHaveAttribute('lang', 'de');
	await expect(page.getByRole('heading', { name: 'Willkommen bei VibeSheets' })).toBeVisible();
	await page.getByRole('link', { name: 'Einrichten' }).click();
	await page.getByLabel('Ihr Name').fill('Jonas Brandstätter');
	await page.getByLabel('E-Mail').fill('jonas@example.com');
	await page.getByLabel('Passwort', { exact: true }).fill('ein ganzer Satz');
	await page.getByRole('textbox', { name: 'Organisation' }).fill('Alpenlicht');
	await page.getByRole('button', { name: 'Anlegen' }).click();
	await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible();
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible();
	await page.getByRole('navigation').getByRole('link', { name: 'Woche' }).click();
	await expect(page.getByRole('heading', { name: 'Woche', level: 1 })).toBeVisible();
});
