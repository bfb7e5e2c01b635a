import { defineConfig } from '@playwright/test';
import { launchOptionsOrSkip } from './support/chromium.ts';

/** Not tests: pictures of every page for people to judge, and those that the documentation shows. */
export default defineConfig({
	testDir: '.',
	testMatch: 'screenshots.ts',
	outputDir: '../test-results/screenshots-work',
	workers: 2,
	fullyParallel: true,
	timeout: 180_000,
	expect: { timeout: 15_000 },
	reporter: [['list']],
	use: { launchOptions: launchOptionsOrSkip(), locale: 'en-GB', contextOptions: { reducedMotion: 'reduce' } }
});
