import type { Project } from '../../src/lib/api/types.ts';
import { expect, test } from '../support/test.ts';

test('a project is made together with its client, archived and brought back', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/projects');
	await page.getByRole('button', { name: 'New project' }).click();
	const form = page.getByRole('dialog', { name: 'New project' });
	await form.getByLabel('Name', { exact: true }).fill('Energy audit');
	await form.getByLabel('Client', { exact: true }).selectOption('A new client …');
	await form.getByLabel('Name of the new client').fill('Messe Wien');
	await form.getByLabel('Violet').check();
	await form.getByRole('button', { name: 'Add', exact: true }).click();
	await expect(form).toBeHidden();
	const row = page.getByRole('main').getByRole('listitem').filter({ hasText: 'Energy audit' });
	await expect(row).toContainText('Messe Wien');

	await page.getByRole('button', { name: 'Archive Energy audit' }).click();
	await expect(page.getByText('Energy audit is archived.')).toBeVisible();
	await expect(page.getByRole('button', { name: 'Edit Energy audit' })).toBeHidden();
	await page.getByRole('button', { name: 'Undo' }).click();
	await expect(page.getByRole('button', { name: 'Edit Energy audit' })).toBeVisible();
	const { projects } = await team.owner.call<{ projects: Project[] }>('GET', '/projects');
	expect(projects).toMatchObject([{ name: 'Energy audit', color: 10, archived: false }]);
});

test('a project that somebody else changed meanwhile keeps what was typed', async ({
	page,
	context,
	team
}) => {
	const project = await team.owner.project('Shop', { color: 1 });
	await team.owner.enter(context);
	await page.goto('/projects');
	await page.getByRole('button', { name: 'Edit Shop' }).click();
	const form = page.getByRole('dialog', { name: 'Edit project' });
	await form.getByLabel('Name', { exact: true }).fill('Shop front');
	const change = { name: 'Store', color: 3 };
	await team.owner.call('PATCH', `/projects/${project.id}`, change, { 'if-match': `"${project.version}"` });

	await form.getByRole('button', { name: 'Save' }).click();
	await expect(form.getByRole('alert')).toContainText('changed elsewhere');
	await expect(form.getByLabel('Name', { exact: true })).toHaveValue('Shop front');
	await expect(form.getByLabel('Amber')).toBeChecked();
	await form.getByRole('button', { name: 'Save' }).click();
	await expect(form).toBeHidden();
	const saved = await team.owner.call<Project>('GET', `/projects/${project.id}`);
	expect(saved).toMatchObject({ name: 'Shop front', color: 3 });
});

test('a client in use cannot be archived, and it says why', async ({ page, context, team }) => {
	const client = await team.owner.call<{ id: string }>('POST', '/clients', { name: 'Messe Wien' });
	await team.owner.project('Energy audit', { client_id: client.id });
	await team.owner.enter(context);
	await page.goto('/projects?tab=clients');
	await page.getByRole('button', { name: 'Archive Messe Wien' }).click();
	await expect(page.getByText('“Messe Wien” still has 1 active project.')).toBeVisible();
	await page.getByRole('button', { name: 'Rename Messe Wien' }).click();
	await page.getByLabel('Rename Messe Wien').fill('Messe');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('button', { name: 'Rename Messe' })).toBeFocused();
});

test('a member reads the projects and changes nothing', async ({ page, context, team }) => {
	await team.owner.project('Office');
	const tom = await team.add('member', 'Tom Okafor');
	await tom.enter(context);
	await page.goto('/projects');
	await expect(page.getByText('Office')).toBeVisible();
	await expect(page.getByText('Managers and above add and change these.')).toBeVisible();
	await expect(page.getByRole('main').getByRole('button')).toHaveCount(0);
});
