import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { populate, type Wording } from './support/believable.ts';
import { todayIn } from './support/clock.ts';
import type { Team } from './support/people.ts';
import { test } from './support/test.ts';

const PICTURES = join(import.meta.dirname, '../test-results/screenshots');
const DOCUMENTATION = join(import.meta.dirname, '../../docs/images');
const MOST_BYTES = 200 * 1024;

const WIDTHS = [390, 1024, 1440];
const SCHEMES = ['light', 'dark'] as const;

interface Scene {
	name: string;
	path: string;
	/** What has to be on the page before it is worth a picture. */
	shown: (page: Page) => Promise<void>;
}

const heading = (page: Page) => expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();

/** Until nothing is loading any more. */
async function settled(page: Page): Promise<void> {
	await heading(page);
	await expect(page.locator('.skeleton')).toHaveCount(0);
}

function scenes(entryId: string): Scene[] {
	return [
		{ name: 'today', path: '/', shown: settled },
		{ name: 'week', path: '/week', shown: settled },
		{ name: 'reports', path: '/reports?period=last_month', shown: settled },
		{ name: 'reports-two-levels', path: '/reports?period=this_year&group=client,project', shown: settled },
		{ name: 'projects', path: '/projects', shown: settled },
		{ name: 'team', path: '/team', shown: settled },
		{ name: 'import', path: '/import', shown: settled },
		{ name: 'settings', path: '/settings', shown: settled },
		{ name: 'history', path: `/entries/${entryId}/history`, shown: settled },
		{ name: 'not-found', path: '/nowhere', shown: heading }
	];
}

const empty: Scene[] = [
	{ name: 'today', path: '/', shown: settled },
	{ name: 'week', path: '/week', shown: settled },
	{ name: 'reports', path: '/reports', shown: settled },
	{ name: 'projects', path: '/projects', shown: settled },
	{ name: 'team', path: '/team', shown: settled }
];

const doors: Scene[] = [
	{ name: 'welcome', path: '/welcome', shown: heading },
	{
		name: 'set-up',
		path: '/welcome?step=setup',
		shown: (page) => expect(page.locator('form')).toBeVisible()
	},
	{ name: 'look-around', path: '/welcome?step=demo', shown: heading }
];

/** One picture of each scene at every width in both themes. */
async function photograph(page: Page, origin: string, list: Scene[], variant: string): Promise<void> {
	for (const { name, path, shown } of list)
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: width < 800 ? 844 : 900 });
			await page.goto(origin + path);
			for (const colorScheme of SCHEMES) {
				await page.emulateMedia({ colorScheme });
				await shown(page);
				const file = [name, width, colorScheme, variant].filter(Boolean).join('-');
				await page.screenshot({ path: join(PICTURES, `${file}.png`), fullPage: true });
			}
		}
}

/** Pictures of a week that has only begun show too little of it, so early in the week it begins on another day. */
async function beginWeekEarly({ owner, timeZone }: Team): Promise<void> {
	const weekday = new Date(`${todayIn(timeZone)}T12:00:00Z`).getUTCDay();
	if (weekday === 0 || weekday >= 4) return;
	const { version } = owner.me.organisation;
	const first_day_of_week = ((weekday + 2) % 7) + 1;
	await owner.call('PATCH', '/organisation', { first_day_of_week }, { 'if-match': `"${version}"` });
}

for (const { variant, wording, locale } of [
	{ variant: '', wording: 'usual', locale: 'en' },
	{ variant: 'long', wording: 'long', locale: 'en' },
	{ variant: 'german', wording: 'usual', locale: 'de' }
] as const)
	test(`every page ${variant}`, async ({ page, context, team }) => {
		const { entryId } = await populate(team, wording as Wording);
		await team.owner.call('PATCH', '/me', { locale });
		await team.owner.enter(context);
		await photograph(page, team.server.url, scenes(entryId), variant);
	});

test('every page without data', async ({ page, context, team }) => {
	await team.owner.enter(context);
	await photograph(page, team.server.url, empty, 'empty');
});

test('the pages before signing in', async ({ page, freshServer, team }) => {
	await photograph(page, freshServer.url, doors, '');
	const invitation = new URL(await team.invite('member', 'Tom Okafor', 'tom@example.com'));
	const onServer: Scene[] = [
		{ name: 'sign-in', path: '/sign-in', shown: heading },
		{ name: 'invitation', path: invitation.pathname + invitation.hash, shown: settled }
	];
	await photograph(page, team.server.url, onServer, '');
});

test('the pictures of the documentation', async ({ page, context, team }) => {
	await populate(team, 'usual');
	await beginWeekEarly(team);
	await team.owner.enter(context);
	await page.emulateMedia({ colorScheme: 'light' });
	await page.setViewportSize({ width: 1440, height: 900 });
	for (const [name, path] of [
		['today', '/'],
		['week', '/week'],
		['reports', '/reports?period=last_month']
	] as const) {
		await page.goto(team.server.url + path);
		await settled(page);
		const file = join(DOCUMENTATION, `${name}.png`);
		await page.screenshot({ path: file });
		expect((await stat(file)).size, `${name}.png has to stay small`).toBeLessThanOrEqual(MOST_BYTES);
	}
});
