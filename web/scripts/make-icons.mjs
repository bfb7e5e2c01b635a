// Draws the committed PNG icons from the SVG one: CHROMIUM=/path/to/chromium node scripts/make-icons.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { chromium } from '@playwright/test';

const icons = new URL('../static/icons/', import.meta.url);
const svg = readFileSync(new URL('idle.svg', icons), 'utf8');
// Launchers cut a maskable icon to their own shape, so its ground is square and its drawing smaller.
const maskable = svg
	.replace(' rx="14"', '')
	.replace('viewBox="0 0 64 64"', 'viewBox="-8 -8 80 80" style="background:#24272c"');
const touch = svg.replace(' rx="14"', '');
const files = {
	'app-192.png': [192, svg],
	'app-512.png': [512, svg],
	'maskable-512.png': [512, maskable],
	'touch-180.png': [180, touch]
};

const browser = await chromium.launch({
	executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
	args: ['--no-sandbox']
});
for (const [name, [size, drawing]] of Object.entries(files)) {
	const page = await browser.newPage({ viewport: { width: size, height: size } });
	await page.setContent(
		`<body style="margin:0">${drawing.replace('<svg', `<svg width="${size}" height="${size}"`)}</body>`
	);
	writeFileSync(new URL(name, icons), await page.screenshot({ omitBackground: true }));
	await page.close();
}
await browser.close();
