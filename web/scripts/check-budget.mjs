// Fails the build when the first page's JavaScript grows over its budget (gzip).
import { readdirSync, readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 100 * 1024;
const output = new URL('../.svelte-kit/output/client/', import.meta.url);
const nodes = new URL('../.svelte-kit/generated/build/client-optimized/nodes/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', output), 'utf8'));

// What the browser needs before someone who is signed in sees Today, and what that page then loads by itself.
const firstPage = [
	'src/routes/+layout.svelte',
	'src/routes/(app)/+layout.svelte',
	'src/routes/(app)/+page.svelte'
];
const starts = ['runtime/client/entry.js', 'runtime/client/client-entry.js', 'client-optimized/app.js'];
const loadedAtStart = ['src/lib/i18n/en/first.ts', 'src/lib/clock/queue.ts'];
// Browsers without Temporal load this too, so the budget holds for them as well.
const polyfill = ['node_modules/temporal-polyfill/global.esm.js'];

const pageNodes = readdirSync(nodes)
	.filter((name) =>
		firstPage.some((route) => readFileSync(new URL(name, nodes), 'utf8').includes(`/${route}`))
	)
	.map((name) => `client-optimized/nodes/${name}`);

function filesOf(endings) {
	const files = new Set();
	const visit = (key) => {
		const chunk = manifest[key];
		if (files.has(chunk.file)) return;
		files.add(chunk.file);
		for (const imported of chunk.imports ?? []) visit(imported);
	};
	for (const ending of endings) {
		const key = Object.keys(manifest).find((name) => name.endsWith(ending));
		if (!key)
			throw new Error(
				`the build has no chunk for ${ending}: name the file that took its place in this script`
			);
		visit(key);
	}
	return files;
}

function gzipBytes(files) {
	let sum = 0;
	for (const file of files) sum += gzipSync(readFileSync(new URL(file, output)), { level: 9 }).length;
	return sum;
}

if (pageNodes.length < firstPage.length)
	throw new Error(`only ${pageNodes.length} of ${firstPage.length} routes of the first page were found`);
const own = gzipBytes(filesOf([...starts, ...loadedAtStart, ...pageNodes]));
const whole = gzipBytes(filesOf([...starts, ...loadedAtStart, ...pageNodes, ...polyfill]));
const kib = (bytes) => `${(bytes / 1024).toFixed(1)} KiB`;
console.log(
	`first page: ${kib(own)} of JavaScript (gzip), ${kib(whole)} where the browser lacks Temporal; budget ${kib(BUDGET_BYTES)}`
);
if (whole > BUDGET_BYTES) {
	console.error('over budget: load something later');
	process.exit(1);
}
