import { language } from '#lib/i18n/index.ts';
import type { LayoutLoad } from './$types';

// Everything is drawn in the browser; the server only hands out files and answers the API.
export const ssr = false;
export const prerender = false;

/** Pages beyond Today have their messages in a second chunk. */
export const load: LayoutLoad = async ({ route }) => {
	if (route.id !== '/(app)') await language.complete();
};
