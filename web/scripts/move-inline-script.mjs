// The CSP allows no inline script, and SvelteKit starts its app with one: move it into a file named by its hash.
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const page = new URL('../build/index.html', import.meta.url);
const html = readFileSync(page, 'utf8');

const inline = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)];
if (inline.length !== 1) {
	throw new Error(
		`build/index.html has ${inline.length} inline scripts where SvelteKit wrote exactly one before`
	);
}
const [element, script] = inline[0];
const hash = createHash('sha256').update(script).digest('base64url').slice(0, 8);
const path = `/_app/immutable/entry/boot.${hash}.js`;
writeFileSync(new URL(`../build${path}`, import.meta.url), script);

// The element keeps its place, because the script draws into `document.currentScript.parentElement`.
const moved = html.replace(element, () => `<script src="${path}"></script>`);
const left = moved.match(/<script(?![^>]*\ssrc=)[^>]*>|<style|\sstyle=|\son[a-z]+=/i);
if (left) throw new Error(`build/index.html still has something that the CSP refuses: ${left[0]}`);
writeFileSync(page, moved);
console.log(`start script moved to ${path}`);
