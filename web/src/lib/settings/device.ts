/** What a session's user agent says in a few words: `Firefox`, `Windows`; null where it says nothing known. */
export interface Device {
	browser: string | null;
	system: string | null;
}

// Each names itself after those below it too, so the order decides.
const BROWSERS: [RegExp, string][] = [
	[/\bEdg(A|iOS)?\//, 'Edge'],
	[/\bOPR\//, 'Opera'],
	[/\bSamsungBrowser\//, 'Samsung Internet'],
	[/\b(Firefox|FxiOS)\//, 'Firefox'],
	[/\b(HeadlessChrome|Chrome|CriOS)\//, 'Chrome'],
	[/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
	[/^vibesheets\b/i, 'VibeSheets'],
	[/^curl\//, 'curl']
];
const SYSTEMS: [RegExp, string][] = [
	[/\biPhone\b/, 'iPhone'],
	[/\biPad\b/, 'iPad'],
	[/\bAndroid\b/, 'Android'],
	[/\bWindows\b/, 'Windows'],
	[/\bCrOS\b/, 'ChromeOS'],
	[/\bMacintosh\b|\bMac OS X\b/, 'macOS'],
	[/\bLinux\b/, 'Linux']
];

export function deviceOf(userAgent: string | null): Device {
	const nameIn = (table: [RegExp, string][]) =>
		table.find(([pattern]) => pattern.test(userAgent ?? ''))?.[1] ?? null;
	return { browser: nameIn(BROWSERS), system: nameIn(SYSTEMS) };
}
