import { defineConfig } from '@playwright/test';
import { launchOptionsOrSkip } from './support/chromium.ts';

export default defineConfig({
	testDir: 'stories',
	outputDir: '../test-results/e2e',
	fullyParallel: true,
	workers: 2,
	retries: 0,
	forbidOnly: Boolean(process.env.CI),
	timeout: 60_000,
	expect: { timeout: 10_000 },
	reporter: [['list']],
	use: {
		launchOptions: launchOptionsOrSkip(),
		locale: 'en-GB',
		viewport: { width: 1280, height: 900 },
		contextOptions: { reducedMotion: 'reduce' },
		trace: 'retain-on-failure'
	}
});
