import { expect, test } from '../support/test.ts';

// Monday to Sunday, 2 to 8 March 2026.
const WEEK = '/week?date=2026-03-04';

test('hours are typed into the grid and walked through by the keyboard alone', async ({
	page,
	context,
	team
}) => {
	await team.owner.project('Office');
	await team.owner.enter(context);
	await page.goto(WEEK);
	await expect(page.getByText('Your hours of this week will stand here')).toBeVisible();
	await page.getByRole('button', { name: 'Add a project' }).click();
	await page.getByRole('option', { name: 'Office' }).click();

	const row = page.getByRole('row', { name: /^Office/ });
	const cell = (day: number) => row.getByRole('gridcell').nth(day);
	await cell(0).click();
	await page.keyboard.type('1:30');
	await page.keyboard.press('Tab');
	await expect(cell(0)).toContainText('1:30');
	await expect(cell(1)).toBeFocused();

	await page.keyboard.type('90m');
	await page.keyboard.press('Tab');
	await expect(cell(1)).toContainText('1:30');
	await page.keyboard.press('ArrowRight');
	await expect(cell(3)).toBeFocused();
	await page.keyboard.type('9-10:30');
	await page.keyboard.press('Enter');
	await expect(cell(3)).toContainText('1:30');
	await expect(cell(7)).toHaveText('4:30');
	await expect(
		page
			.getByRole('row', { name: /^Total/ })
			.getByRole('gridcell')
			.last()
	).toHaveText('4:30');

	await expect
		.poll(() => team.owner.entriesOn('2026-03-05'))
		.toMatchObject([{ start: expect.stringContaining('2026-03-05T09:00:00') as unknown, seconds: 5400 }]);
	await page.reload();
	await expect(cell(7)).toHaveText('4:30');
});

test('what cannot be read is kept in its cell with the reason, and Escape takes it back', async ({
	page,
	context,
	team
}) => {
	await team.owner.entry('2026-03-03', '9:00', '10:00');
	await team.owner.enter(context);
	await page.goto(WEEK);
	const cell = page
		.getByRole('row', { name: /^No project/ })
		.getByRole('gridcell')
		.nth(1);
	await cell.click();
	await page.keyboard.type('soon');
	await page.keyboard.press('Enter');
	await expect(cell).toHaveAttribute('aria-invalid', 'true');
	await expect(cell).toHaveAccessibleDescription(/Write a duration such as 1:30/);
	await cell.focus();
	await page.keyboard.press('Escape');
	await expect(cell).toHaveText('1:00');
	await expect(cell).not.toHaveAttribute('aria-invalid');
});

test('last week is copied as a whole and taken back as a whole', async ({ page, context, team }) => {
	const project = await team.owner.project('Control room');
	for (const day of ['23', '24', '25'])
		await team.owner.entry(`2026-02-${day}`, '8:00', '12:00', { project_id: project.id });
	await team.owner.enter(context);
	await page.goto(WEEK);
	await page.getByRole('button', { name: 'Copy last week' }).click();
	await expect(page.getByText('3 entries copied from last week.')).toBeVisible();
	const total = page
		.getByRole('row', { name: /^Control room/ })
		.getByRole('gridcell')
		.last();
	await expect(total).toHaveText('12:00');

	await page
		.getByRole('banner')
		.or(page.getByRole('main'))
		.getByRole('button', { name: 'Undo' })
		.first()
		.click();
	await expect(page.getByText('Your hours of this week will stand here')).toBeVisible();
	await expect.poll(() => team.owner.entriesOn('2026-03-02')).toEqual([]);
});

test('a copied entry that would overlap is named, and the rest comes', async ({ page, context, team }) => {
	await team.owner.entry('2026-02-23', '8:00', '12:00');
	await team.owner.entry('2026-02-24', '8:00', '12:00');
	await team.owner.entry('2026-03-02', '11:00', '13:00');
	await team.owner.enter(context);
	await page.goto(WEEK);
	await page.getByRole('button', { name: 'Copy last week' }).click();
	const dialog = page.getByRole('dialog', { name: '1 entry was not copied' });
	await expect(dialog).toContainText('overlap');
	await page.keyboard.press('Escape');
	await expect(dialog).toBeHidden();
	expect(await team.owner.entriesOn('2026-03-03')).toHaveLength(1);
});

test('figures with seconds add up before the reader’s eyes', async ({ page, context, team }) => {
	for (const [day, seconds] of [
		['02', '29:40'],
		['03', '29:40'],
		['04', '30:00']
	])
		await team.owner.call('POST', '/timesheets', {
			start: `2026-03-${day}T09:00:00`,
			end: `2026-03-${day}T09:${seconds}`,
			time_zone: team.timeZone
		});
	await team.owner.enter(context);
	await page.goto(WEEK);
	const row = page.getByRole('row', { name: /^No project/ }).getByRole('gridcell');
	await expect(row).toHaveText(['0:29:40', '0:29:40', '0:30:00', '', '', '', '', '1:29:20']);
	await expect(page.getByText('1:29:20 of 40:00')).toBeVisible();
});

test.describe('on a phone', () => {
	test.use({ viewport: { width: 390, height: 844 } });

	test('the week stands day by day and takes time', async ({ page, context, team }) => {
		await team.owner.entry('2026-03-03', '9:00', '10:00');
		await team.owner.enter(context);
		await page.goto(WEEK);
		await page.getByLabel('No project, Tue 3 Mar').fill('2:15');
		await page.keyboard.press('Enter');
		await expect(page.getByText('2:15 of 40:00')).toBeVisible();
		await page.getByRole('button', { name: 'Add time on Wed 4 Mar' }).click();
		await page.getByRole('dialog').getByLabel('Time').fill('45m');
		await page.getByRole('dialog').getByRole('button', { name: 'Add' }).click();
		await expect(page.getByText('3:00 of 40:00')).toBeVisible();
	});
});
