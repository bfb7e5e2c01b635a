import { expect, test } from '../support/test.ts';

test('the keyboard alone clocks in on a project, switches, goes to pages and closes', async ({
	page,
	context,
	team
}) => {
	await team.owner.project('Control room');
	await team.owner.project('Office');
	await team.owner.enter(context);
	await page.goto('/');
	await expect(page.getByRole('button', { name: 'Clock in' }).first()).toBeEnabled();

	const palette = page.getByRole('combobox', { name: 'Commands' });
	await page.keyboard.press('Control+k');
	await expect(palette).toBeFocused();
	await page.keyboard.type('control room');
	await expect(page.getByRole('option', { selected: true })).toHaveText('Clock in on Control room');
	await page.keyboard.press('Enter');
	const running = page.getByRole('region', { name: 'Clocked in' });
	await expect(running.getByRole('button', { name: 'Project: Control room' })).toBeVisible();

	await page.keyboard.press('Control+k');
	await page.keyboard.type('switch off');
	await page.keyboard.press('Enter');
	await expect(running.getByRole('button', { name: 'Project: Office' })).toBeVisible();

	await page.keyboard.press('Control+k');
	await page.keyboard.type('week');
	await page.keyboard.press('ArrowDown');
	await page.keyboard.press('ArrowUp');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('heading', { name: 'Week', level: 1 })).toBeVisible();

	await page.keyboard.press('Control+k');
	await page.keyboard.type('nothing of the kind');
	await expect(page.getByText('Nothing matches. Try another word.')).toBeVisible();
	await page.keyboard.press('Escape');
	await expect(palette).toBeHidden();
});

test('the theme chosen in the palette stays after a reload', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto('/');
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
	await page.keyboard.press('Control+k');
	await page.getByRole('combobox', { name: 'Commands' }).fill('dark');
	await page.keyboard.press('Enter');
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
	await page.reload();
	await expect(page.locator('html')).toHaveAttribute('data-theme', 'dark');
});
