/**
 * Makes the app installable and lets it start without a server: the files of this build are kept, pages fall back to
 * the shell. The API is never cached; what the clock still has to send waits in its own database, not here.
 */
import { assets, immutable } from '$app/manifest';
import { version } from '$app/env';

const worker = globalThis as unknown as ServiceWorkerGlobalScope;
const CACHE = `vibesheets.${version}`;
const SHELL = '/';
const IMMUTABLE = '/_app/immutable/';
/** A page that takes longer than this is drawn from the kept shell. */
const PATIENCE_MILLISECONDS = 3000;

worker.addEventListener('install', (event) => event.waitUntil(keepBuild()));
worker.addEventListener('activate', (event) => event.waitUntil(dropOlderBuilds()));
worker.addEventListener('fetch', (event) => {
	const { request } = event;
	const url = new URL(request.url);
	const foreign = url.origin !== worker.location.origin;
	if (request.method !== 'GET' || foreign || /^\/(api|health|metrics)(\/|$)/.test(url.pathname)) return;
	if (request.mode === 'navigate') event.respondWith(page(request));
	else if (isKept(url.pathname)) event.respondWith(file(request));
});

async function keepBuild(): Promise<void> {
	const cache = await caches.open(CACHE);
	const shell = await fetch(SHELL, { cache: 'no-cache' });
	if (!shell.ok) throw new Error(`the shell answered ${shell.status}`);
	// The start script is named only in the page: the build moves it there after its list was made.
	const named = [...(await shell.clone().text()).matchAll(/src="(\/_app\/[^"]+)"/g)].map(([, path]) => path!);
	await cache.put(SHELL, shell);
	const files = [...immutable, ...assets].map(({ path }) => absolute(path));
	await cache.addAll([...new Set([...files, ...named])]);
	await worker.skipWaiting();
}

async function dropOlderBuilds(): Promise<void> {
	const names = await caches.keys();
	await Promise.all(
		names
			.filter((name) => name.startsWith('vibesheets.') && name !== CACHE)
			.map((name) => caches.delete(name))
	);
	await worker.clients.claim();
}

/** The server's page where it answers in time, else the kept shell. */
async function page(request: Request): Promise<Response> {
	const shell = await caches.match(SHELL, { cacheName: CACHE });
	if (!shell) return fetch(request);
	const patience = new Promise<Response>((resolve) =>
		setTimeout(() => resolve(shell), PATIENCE_MILLISECONDS)
	);
	const answer = fetch(request).then((response) => (response.status < 500 ? response : shell));
	return Promise.race([answer.catch(() => shell), patience]);
}

async function file(request: Request): Promise<Response> {
	return (await caches.match(request, { cacheName: CACHE })) ?? fetch(request);
}

function isKept(pathname: string): boolean {
	return pathname.startsWith(IMMUTABLE) || assets.some(({ path }) => absolute(path) === pathname);
}

function absolute(path: string): string {
	return path.startsWith('/') ? path : `/${path}`;
}
