import adapter from '@sveltejs/adapter-static';
import { sveltekit } from '@sveltejs/kit/vite';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Plugin } from 'vite';
import { defineConfig } from 'vitest/config';

// The Rust server that `make run` starts; `npm run dev` proxies to it so that cookies stay same-origin.
const server = process.env.VIBESHEETS_SERVER ?? 'http://localhost:3000';

/** The same sources give the same name, so that building twice gives the same files. */
function versionOfSources(): string {
	const hash = createHash('sha256');
	for (const folder of ['src', 'static']) {
		const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
		const files = entries
			.filter((entry) => entry.isFile())
			.map((entry) => join(entry.parentPath, entry.name));
		for (const file of files.sort()) hash.update(file).update(readFileSync(file));
	}
	return hash.update(readFileSync('package-lock.json')).digest('hex').slice(0, 12);
}

/**
 * SvelteKit hides its live region by a style attribute, which the CSP refuses; `base.css` hides it by rule instead.
 */
function announcerWithoutInlineStyle(): Plugin {
	return {
		name: 'announcer-without-inline-style',
		enforce: 'pre',
		transform: {
			filter: { id: /@sveltejs\/kit\/src\/runtime\/components\/root\.svelte$/ },
			handler(code) {
				const without = code.replace(/(id="svelte-announcer"[^>]*?)\s+style="[^"]*"/, '$1');
				if (without === code)
					this.error('the live region has no style attribute any more: remove this plugin');
				return without;
			}
		}
	};
}

export default defineConfig({
	plugins: [
		announcerWithoutInlineStyle(),
		sveltekit({
			// Every route is drawn in the browser; the server answers unknown paths with this file.
			adapter: adapter({ fallback: 'index.html' }),
			version: { name: versionOfSources(), pollInterval: 0 }
		})
	],
	server: { proxy: { '/api': server, '/health': server } },
	build: { target: 'es2022' },
	test: {
		include: ['src/**/*.test.ts'],
		setupFiles: ['src/tests/setup.ts']
	}
});
