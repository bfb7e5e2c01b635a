import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, type Page } from '@playwright/test';
import { expectNoSidewaysScroll } from './support/looks.ts';
import { daysBefore, populate, type Wording } from './support/believable.ts';
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
	/** What is done on the page once it is there. */
	then?: (page: Page) => Promise<void>;
}

const heading = (page: Page) => expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();

/** Until nothing is loading any more. */
async function settled(page: Page): Promise<void> {
	await heading(page);
	// What is closed holds its place too, and is loaded when it is opened.
	await expect(page.locator('.skeleton:visible, button.clock:disabled')).toHaveCount(0);
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
		{ name: 'not-found', path: '/nowhere', shown: heading },
		{ name: 'import-report', path: '/import', shown: settled, then: chooseFile },
		{ name: 'palette', path: '/', shown: settled, then: (page) => page.keyboard.press('Control+k') },
		{ name: 'picker', path: '/', shown: settled, then: openPicker },
		{ name: 'refused', path: '/week', shown: settled, then: typeNonsense }
	];
}

async function chooseFile(page: Page): Promise<void> {
	await page.locator('input[type=file]').setInputFiles(join(import.meta.dirname, 'files/toggl.csv'));
	await expect(page.getByRole('radio').first()).toBeVisible();
}

async function openPicker(page: Page): Promise<void> {
	await page
		.getByRole('button', { name: /^(Project|Projekt): / })
		.first()
		.click();
	await expect(page.getByRole('listbox')).toBeVisible();
}

/** Where the grid is; a phone has the days instead. */
async function typeNonsense(page: Page): Promise<void> {
	const cell = page.getByRole('gridcell').nth(2);
	if (!(await cell.isVisible())) return;
	await cell.click();
	await page.keyboard.type('soon');
	await page.keyboard.press('Enter');
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
	for (const { name, path, shown, then } of list)
		for (const width of WIDTHS) {
			await page.setViewportSize({ width, height: width < 800 ? 844 : 900 });
			await page.goto(origin + path);
			await shown(page);
			await then?.(page);
			await expectNoSidewaysScroll(page, `${name} at ${width} ${variant}`);
			for (const colorScheme of SCHEMES) {
				await page.emulateMedia({ colorScheme });
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
	await team.owner.enter(context);
	await page.emulateMedia({ colorScheme: 'light' });
	for (const [name, path, height] of [
		['week', `/week?date=${daysBefore(todayIn(team.timeZone), 7)[0]}`, 640],
		['reports', '/reports?period=last_month', 900],
		['today', '/', 720]
	] as const) {
		if (name === 'today') await beginWeekEarly(team);
		await page.setViewportSize({ width: 1440, height });
		await page.goto(team.server.url + path);
		await settled(page);
		const file = join(DOCUMENTATION, `${name}.png`);
		await page.screenshot({ path: file });
		expect((await stat(file)).size, `${name}.png has to stay small`).toBeLessThanOrEqual(MOST_BYTES);
	}
});
