import { language, startLocale } from '#lib/i18n/index.ts';
import { applyTheme } from '#lib/design/theme.ts';

/** Runs before the first page: the language, the theme and, where the browser lacks it, `Temporal`. */
export async function init(): Promise<void> {
	applyTheme();
	await Promise.all([
		language.use(startLocale()),
		'Temporal' in globalThis ? undefined : import('temporal-polyfill/global')
	]);
}
