import type { Locale } from '#lib/api/index.ts';
import type { catalogue as english } from './en/index.ts';
import { fill, type FillingsOf, type Message, type NamesOf } from './message.ts';

type Catalogue = typeof english;
export type MessageKey = keyof Catalogue;
type Arguments<Key extends MessageKey> = [NamesOf<Catalogue[Key]>] extends [never]
	? []
	: [FillingsOf<Catalogue[Key]>];

const STORED_LOCALE = 'vibesheets.locale';

// Each language is a chunk of its own; only the one in use is loaded.
const catalogues: Record<Locale, () => Promise<Record<MessageKey, Message>>> = {
	en: async () => (await import('./en/index.ts')).catalogue,
	de: async () => (await import('./de/index.ts')).catalogue
};

class Language {
	locale = $state<Locale>('en');
	#messages = $state.raw<Record<MessageKey, Message> | null>(null);

	/** The message under `key` with its names filled in. */
	text<Key extends MessageKey>(key: Key, ...[fillings]: Arguments<Key>): string {
		const message = this.#messages?.[key];
		return message === undefined ? key : fill(message, fillings ?? {}, this.locale);
	}

	/** Switches the whole page to `locale` and remembers it for the next start. */
	async use(locale: Locale): Promise<void> {
		if (this.#messages && this.locale === locale) return;
		this.#messages = await catalogues[locale]();
		this.locale = locale;
		if (typeof document !== 'undefined') {
			document.documentElement.lang = locale;
			localStorage.setItem(STORED_LOCALE, locale);
		}
	}
}

export const language = new Language();

/** The message under `key`, as typed: a missing key or a missing filling does not compile. */
export function t<Key extends MessageKey>(key: Key, ...fillings: Arguments<Key>): string {
	return language.text(key, ...fillings);
}

/** The locale to start with: the one used last, else the first of the browser's that we speak. */
export function startLocale(): Locale {
	const wishes = [localStorage.getItem(STORED_LOCALE), ...navigator.languages];
	for (const wish of wishes) {
		const spoken = wish?.split('-')[0];
		if (spoken === 'en' || spoken === 'de') return spoken;
	}
	return 'en';
}
