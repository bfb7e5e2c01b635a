import type { Page, Route } from '@playwright/test';

/** The next answer from `url` is the server's own, but comes only when it is let go. */
export async function held(page: Page, url: string): Promise<{ asked: Promise<void>; letGo: () => void }> {
	const [asked, tell] = signal();
	const [gone, letGo] = signal();
	const late = async (route: Route) => {
		const response = await route.fetch();
		tell();
		await gone;
		await route.fulfill({ response });
	};
	await page.route(url, late, { times: 1 });
	return { asked, letGo };
}

function signal(): [Promise<void>, () => void] {
	let give = () => {};
	const given = new Promise<void>((resolve) => (give = resolve));
	return [given, give];
}
