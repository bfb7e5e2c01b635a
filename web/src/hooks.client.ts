import { language, startLocale } from '#lib/i18n/index.ts';
import { theme } from '#lib/design/theme.svelte.ts';

/** Runs before the first page: the language, the theme and, where the browser lacks it, `Temporal`. */
export async function init(): Promise<void> {
	theme.recall();
	await Promise.all([
		language.use(startLocale()),
		'Temporal' in globalThis ? undefined : import('temporal-polyfill/global')
	]);
}
