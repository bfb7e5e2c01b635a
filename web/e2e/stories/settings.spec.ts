import { readFile } from 'node:fs/promises';
import type { Me } from '../../src/lib/api/types.ts';
import { todayIn } from '../support/clock.ts';
import { held } from '../support/late.ts';
import { PASSWORD } from '../support/people.ts';
import { expect, test } from '../support/test.ts';

test('every setting is saved as it is made, and pages follow at once', async ({ page, context, team }) => {
	await team.owner.entry('2026-03-10', '9:00', '16:45');
	await team.owner.enter(context);
	await page.goto('/settings');
	const you = page.getByRole('region', { name: 'You' });
	await you.getByLabel('Durations').selectOption('Decimal hours: 7.75 h');
	await expect(you.getByText('Saved')).toBeVisible();
	await you.getByLabel('Name').fill('Olga Oberhuber');
	await page.keyboard.press('Enter');
	await expect(you.getByText('Saved')).toHaveCount(2);
	await page.goto('/?date=2026-03-10');
	await expect(page.getByRole('listitem', { name: /^Entry from 09:00/ })).toHaveAccessibleName(/7\.75/);
	const me = await team.owner.call<Me>('GET', '/me');
	expect(me.member).toMatchObject({ name: 'Olga Oberhuber', duration_format: 'decimal' });
});

test('what is typed while another setting is saved stays', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto('/settings');
	const you = page.getByRole('region', { name: 'You' });
	await expect(you.getByLabel('Durations')).toBeVisible();
	const late = await held(page, '**/api/me');
	await you.getByLabel('Durations').selectOption('Decimal hours: 7.75 h');
	await late.asked;
	await you.getByLabel('Name').fill('Olga Ober');
	await you.getByLabel('Name').pressSequentially('huber');
	late.letGo();
	await expect(you.getByText('Saved')).toBeVisible();
	await expect(you.getByLabel('Name')).toHaveValue('Olga Oberhuber');
	await page.keyboard.press('Enter');
	await expect(you.getByText('Saved')).toHaveCount(2);
	const me = await team.owner.call<Me>('GET', '/me');
	expect(me.member).toMatchObject({ name: 'Olga Oberhuber', duration_format: 'decimal' });
});

test('the language changes on the spot, and stays', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto('/settings');
	await page.getByLabel('Language').selectOption('Deutsch');
	await expect(page.getByRole('heading', { level: 1 })).toHaveText('Einstellungen');
	await expect(page.locator('html')).toHaveAttribute('lang', 'de');
	await page.getByRole('navigation').getByRole('link', { name: 'Heute' }).click();
	await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible();
	await page.reload();
	await expect(page.getByRole('heading', { name: 'Heute' })).toBeVisible();
});

test('hours per week that make no sense are told beside the field and not saved', async ({
	page,
	context,
	team
}) => {
	await team.owner.enter(context);
	await page.goto('/settings');
	const hours = page.getByLabel('Hours per week');
	await hours.fill('a lot');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toHaveText('Write hours such as 38:30 or 38.5, up to 168.');
	await hours.fill('38:30');
	await page.keyboard.press('Enter');
	await expect(page.getByRole('alert')).toBeHidden();
	await expect(page.getByRole('region', { name: 'Organisation' }).getByText('Saved')).toBeVisible();
	const { organisation } = await team.owner.call<Me>('GET', '/me');
	expect(organisation.week_target_seconds).toBe(138_600);
});

test('a wrong current password is told; a new one signs in from then on', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await page.goto('/settings');
	const password = page.getByRole('region', { name: 'Password' });
	await password.getByLabel('Current password').fill('something else');
	await password.getByLabel('New password').fill('another whole sentence');
	await password.getByRole('button', { name: 'Change the password' }).click();
	await expect(password.getByRole('alert')).toHaveText('This is not your current password.');
	await password.getByLabel('Current password').fill(PASSWORD);
	await password.getByRole('button', { name: 'Change the password' }).click();
	await expect(page.getByText('Your password is changed.')).toBeVisible();

	await page.getByRole('button', { name: 'Sign out here' }).click();
	await page.getByLabel('E-mail').fill(team.owner.email);
	await page.getByLabel('Password', { exact: true }).fill('another whole sentence');
	await page.getByRole('button', { name: 'Sign in' }).click();
	await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
});

test('a session elsewhere is ended from here', async ({ page, context, team, browser, watch }) => {
	const elsewhere = await browser.newContext({ baseURL: team.server.url });
	const credentials = { email: team.owner.email, password: PASSWORD };
	const headers = { origin: team.server.url };
	const answer = await elsewhere.request.post('/api/auth/login', { data: credentials, headers });
	expect(answer.status()).toBe(204);

	await team.owner.enter(context);
	await page.goto('/settings');
	const sessions = page.getByRole('region', { name: 'Sessions' });
	await sessions.getByRole('button', { name: /^End the session of/ }).click();
	await expect(page.getByText(/^The session of .* has ended\.$/)).toBeVisible();

	const other = await elsewhere.newPage();
	watch(other);
	await other.goto('/');
	await expect(other.getByRole('heading', { name: 'Sign in' })).toBeVisible();
	await elsewhere.close();
});

test('a signed checkpoint is downloaded to be kept', async ({ page, context, team }) => {
	const tom = await team.add('member', 'Tom Okafor');
	await tom.entry('2026-03-10', '9:00', '16:45');
	await tom.enter(context);
	await page.goto('/settings');
	const proof = page.getByRole('region', { name: 'Proof' });
	const [file] = await Promise.all([
		page.waitForEvent('download'),
		proof.getByRole('link', { name: 'Download a checkpoint' }).click()
	]);
	expect(file.suggestedFilename()).toBe(`vibesheets-${todayIn(team.timeZone)}.checkpoint`);
	const note = await readFile(await file.path(), 'utf8');
	expect(note).toMatch(/^vibesheets checkpoint 1\n/);
	expect(note, 'where their own time stands').toContain(tom.me.member.id);
});

test('a server that has no key says so, and offers no checkpoint', async ({ page, context, team }) => {
	await page.route('**/api/checkpoint', (route) =>
		route.fulfill({
			status: 404,
			contentType: 'application/problem+json',
			json: { title: 'Not found', status: 404, code: 'not_found', detail: 'there is no such checkpoint' }
		})
	);
	await team.owner.enter(context);
	await page.goto('/settings');
	const proof = page.getByRole('region', { name: 'Proof' });
	await expect(proof.getByText('This server has no key to sign checkpoints with.')).toBeVisible();
	await expect(proof.getByRole('link')).toHaveCount(0);
});

test('whether there are checkpoints is asked again where no answer came', async ({ page, context, team }) => {
	await page.route('**/api/checkpoint', (route) => route.abort(), { times: 1 });
	await team.owner.enter(context);
	await page.goto('/settings');
	const proof = page.getByRole('region', { name: 'Proof' });
	await proof.getByRole('button', { name: 'Try again' }).click();
	await expect(proof.getByRole('link', { name: 'Download a checkpoint' })).toBeVisible();
});
