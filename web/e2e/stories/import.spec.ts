import { join } from 'node:path';
import type { Page } from '@playwright/test';
import type { ImportRecord } from '../../src/lib/api/types.ts';
import { expect, test } from '../support/test.ts';

/** Two people, six rows: one overlaps the row before it by 15 minutes and a half, one ends before it starts. */
const FILE = join(import.meta.dirname, '../files/toggl.csv');
const MARCH = 'start_date=2026-03-01&end_date=2026-03-31&member_id=all';

async function choose(page: Page) {
	await page.goto('/import');
	await page.getByLabel('File', { exact: true }).setInputFiles(FILE);
}

test('a file is looked at first, then comes in, and is taken out again as a whole', async ({
	page,
	context,
	team
}) => {
	const { owner } = team;
	const total = async () =>
		(await owner.call<{ total_seconds: number }>('GET', `/timesheets?${MARCH}`)).total_seconds;
	await owner.enter(context);
	await choose(page);

	await expect(page.getByText('1 overlap', { exact: true })).toBeVisible();
	await expect(page.getByText('1 row with a fault', { exact: true })).toBeVisible();
	await expect(page.getByText('Nothing has been changed yet.')).toBeVisible();
	const button = page.getByRole('button', { name: 'Import 4 entries' });
	await expect(button).toBeEnabled();
	expect(await total()).toBe(0);

	await page.getByRole('radio', { name: 'Shorten it' }).check();
	await page.getByRole('button', { name: 'Import 5 entries' }).click();
	await expect(page.getByRole('heading', { name: 'Imported toggl.csv' })).toBeVisible();
	// 3:30:00 + 4:15:30 + 0:44:30 of the shortened hour + 2:00:00 + 0:45:00
	expect(await total()).toBe(11 * 3600 + 15 * 60);

	await page.getByRole('link', { name: 'See them in the reports' }).click();
	await expect(
		page
			.getByRole('table', { name: /^Time by/ })
			.getByRole('row')
			.last()
	).toContainText('11:15');
	await page.goto('/import');
	await page.getByRole('button', { name: 'Undo the import of toggl.csv' }).click();
	await expect(page.getByText('5 entries were taken out.')).toBeVisible();
	expect(await total()).toBe(0);
	const { imports } = await owner.call<{ imports: ImportRecord[] }>('GET', '/imports');
	expect(imports.map(({ undone_at }) => undone_at !== null)).toEqual([true]);
});

test('the same file again adds nothing', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await choose(page);
	await page.getByRole('button', { name: 'Import 4 entries' }).click();
	await expect(page.getByRole('heading', { name: 'Imported toggl.csv' })).toBeVisible();
	await choose(page);
	await expect(page.getByText('Nothing of this file would come in.')).toBeVisible();
	await expect(page.getByRole('button', { name: /^Import \d/ })).toBeHidden();
});

test('what cannot be imported at all is named, and another file can be chosen', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/import');
	const file = page.getByLabel('File', { exact: true });
	await file.setInputFiles({
		name: 'notes.csv',
		mimeType: 'text/csv',
		buffer: Buffer.from('Dear diary,today\n')
	});
	await expect(page.getByRole('alert')).toContainText(
		'This file cannot be imported, and nothing was changed'
	);
	await page.getByRole('button', { name: 'Another file' }).click();
	await file.setInputFiles({ name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
	await expect(page.getByText('This file is empty.')).toBeVisible();
});

test('a member is told whom to ask', async ({ page, context, team }) => {
	const tom = await team.add('member', 'Tom Okafor');
	await tom.enter(context);
	await page.goto('/import');
	await expect(page.getByText('Imports are for administrators.')).toBeVisible();
});
