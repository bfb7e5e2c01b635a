/** Every address of the web app is built here, and nowhere else. */

type Parameters = Record<string, string | string[] | undefined | null>;

export const paths = {
	today: (date?: string) => withQuery('/', { date }),
	week: (date?: string) => withQuery('/week', { date }),
	reports: (filters: Parameters = {}) => withQuery('/reports', filters),
	projects: (filters: Parameters = {}) => withQuery('/projects', filters),
	team: () => '/team',
	import: () => '/import',
	/** With `section`, straight to that part of the page. */
	settings: (section?: string) => (section ? `/settings#${encodeURIComponent(section)}` : '/settings'),
	entryHistory: (entryId: string) => `/entries/${encodeURIComponent(entryId)}/history`,
	/** The first page of a server that nobody has set up; `step` is one of its three choices. */
	welcome: (step?: 'setup' | 'import' | 'demo') => withQuery('/welcome', { step }),
	signUp: () => '/sign-up',
	/** `returnTo` is where the member goes on afterwards: a path of this app, never another site's. */
	signIn: (returnTo?: string) =>
		withQuery('/sign-in', { return: isOwnPath(returnTo) && returnTo !== '/' ? returnTo : null }),
	invitation: (token: string) => `/invitation#${encodeURIComponent(token)}`
};

/** Where to go after signing in; anything that is not a path of this app leads to Today. */
export function returnPath(query: Pick<URLSearchParams, 'get'>): string {
	const path = query.get('return');
	return isOwnPath(path) ? path : paths.today();
}

/** The token of an invitation link; empty where the link is broken. */
export function invitationToken(hash: string): string {
	try {
		return decodeURIComponent(hash.replace(/^#/, ''));
	} catch {
		return '';
	}
}

function isOwnPath(path: string | null | undefined): path is string {
	if (!path?.startsWith('/') || /[\\\p{Cc}]/u.test(path)) return false;
	// The URL parser has the last word on what `//` and `/%09/` and the like would mean to the browser.
	const origin = 'https://app.invalid';
	return URL.canParse(path, origin) && new URL(path, origin).origin === origin;
}

function withQuery(path: string, query: Parameters): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		const text = Array.isArray(value) ? value.join(',') : value;
		if (text) parameters.set(name, text);
	}
	const search = parameters.toString();
	return search ? `${path}?${search}` : path;
}
