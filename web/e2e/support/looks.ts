import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect } from './test.ts';

/** What is in order is not told: on a page with a year of days that alone would take most of the time. */
const ONLY_FAULTS: Parameters<AxeBuilder['options']>[0] = { resultTypes: ['violations'] };
const SIZES = { phone: { width: 390, height: 844 }, wide: { width: 1280, height: 900 } };

/**
 * Fails with what axe finds on the page as it stands, in both themes, on a phone and wide. `shown` waits until the
 * page is there: another width may draw another one. Axe's legacy mode stays in this page, which has no frames.
 */
export async function expectAccessible(page: Page, shown: () => Promise<void>): Promise<void> {
	const found: string[] = [];
	for (const [size, viewport] of Object.entries(SIZES))
		for (const colorScheme of ['light', 'dark'] as const) {
			await page.setViewportSize(viewport);
			await page.emulateMedia({ colorScheme });
			await shown();
			await expectNoSidewaysScroll(page, `${size}, ${colorScheme}`);
			const { violations } = await new AxeBuilder({ page }).setLegacyMode().options(ONLY_FAULTS).analyze();
			for (const { id, help, nodes } of violations)
				found.push(
					`${size}, ${colorScheme}: ${id}: ${help}\n  ${nodes.map(({ html }) => html).join('\n  ')}`
				);
		}
	expect(found, 'what axe finds').toEqual([]);
}

/** A page that can be pushed sideways has something in it that is too wide. */
export async function expectNoSidewaysScroll(page: Page, where: string): Promise<void> {
	const over = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
	await expect.poll(over, `${where}: wider than the window by so many pixels`).toBeLessThanOrEqual(0);
}
