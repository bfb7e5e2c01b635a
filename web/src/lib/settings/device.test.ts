import { expect, test } from 'vitest';
import { deviceOf } from './device.ts';

const webkit = 'AppleWebKit/537.36 (KHTML, like Gecko)';
test.each([
	[`Mozilla/5.0 (X11; Linux x86_64) ${webkit} Chrome/149.0.0.0 Safari/537.36`, 'Chrome', 'Linux'],
	[
		`Mozilla/5.0 (Windows NT 10.0; Win64; x64) ${webkit} Chrome/149.0.0.0 Safari/537.36 Edg/149.0.0.0`,
		'Edge',
		'Windows'
	],
	[
		'Mozilla/5.0 (Macintosh; Intel Mac OS X 10.15; rv:140.0) Gecko/20100101 Firefox/140.0',
		'Firefox',
		'macOS'
	],
	[
		'Mozilla/5.0 (iPhone; CPU iPhone OS 18_5 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/18.5 Mobile/15E148 Safari/604.1',
		'Safari',
		'iPhone'
	],
	[
		`Mozilla/5.0 (Linux; Android 15; Pixel 9) ${webkit} Chrome/149.0.0.0 Mobile Safari/537.36`,
		'Chrome',
		'Android'
	],
	['vibesheets/0.1.0', 'VibeSheets', null],
	['', null, null],
	[null, null, null]
])('%s', (userAgent, browser, system) => {
	expect(deviceOf(userAgent)).toEqual({ browser, system });
});
