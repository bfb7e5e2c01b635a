import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import type { LaunchOptions } from '@playwright/test';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** The browser that the machine has; nothing is downloaded. */
function executable(): string | null {
	const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
	const places = NAMES.flatMap((name) => folders.map((folder) => join(folder, name)));
	return places.find(isExecutable) ?? null;
}

/** How to start the machine's browser. Without one the run ends here, and says so. */
export function launchOptionsOrSkip(): LaunchOptions {
	const executablePath = executable();
	if (!executablePath) {
		console.error(
			`SKIPPED: none of ${NAMES.join(', ')} is on the PATH, so no browser test ran (Debian: apt-get install chromium)`
		);
		process.exit(0);
	}
	// Chromium refuses to run as root inside its sandbox, and has nothing to fetch here.
	const sandbox = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
	const quiet = ['--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking'];
	const still = ['--disable-component-update', '--disable-sync'];
	return { executablePath, args: [...sandbox, ...quiet, ...still] };
}

function isExecutable(path: string): boolean {
	try {
		accessSync(path, constants.X_OK);
		return true;
	} catch {
		return false;
	}
}
