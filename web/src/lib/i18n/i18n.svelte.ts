import type { Locale } from '#lib/api/index.ts';
import type { catalogue as english } from './en/index.ts';
import { fill, type FillingsOf, type Message, type NamesOf } from './message.ts';

type Catalogue = typeof english;
export type MessageKey = keyof Catalogue;
type Arguments<Key extends MessageKey> = [NamesOf<Catalogue[Key]>] extends [never]
	? []
	: [FillingsOf<Catalogue[Key]>];

const STORED_LOCALE = 'vibesheets.locale';

type Messages = Partial<Record<MessageKey, Message>>;

// Each language comes in two chunks: what the first page says, and what the others say.
const chunks: Record<Locale, { first: () => Promise<Messages>; rest: () => Promise<Messages> }> = {
	en: {
		first: async () => (await import('./en/first.ts')).first,
		rest: async () => (await import('./en/rest.ts')).rest
	},
	de: {
		first: async () => (await import('./de/first.ts')).first,
		rest: async () => (await import('./de/rest.ts')).rest
	}
};

class Language {
	locale = $state<Locale>('en');
	#messages = $state.raw<Messages | null>(null);
	/** The locale last asked for, which a slower answer for another one must not undo. */
	#wanted: Locale = 'en';
	#whole = false;

	/** The message under `key` with its names filled in. */
	text<Key extends MessageKey>(key: Key, ...[fillings]: Arguments<Key>): string {
		const message = this.#messages?.[key];
		return message === undefined ? key : fill(message, fillings ?? {}, this.locale);
	}

	/** The message under a key that this version may not know, or whose messages have not come yet; else null. */
	find(key: string, fillings: Record<string, string>): string | null {
		const message = this.#messages?.[key as MessageKey];
		return message === undefined ? null : fill(message, fillings, this.locale);
	}

	/** Switches the whole page to `locale` and remembers it for the next start. */
	async use(locale: Locale): Promise<void> {
		if (this.#messages && this.#wanted === locale && this.locale === locale) return;
		this.#wanted = locale;
		await this.#load(locale);
		if (typeof document !== 'undefined') {
			document.documentElement.lang = this.locale;
			localStorage.setItem(STORED_LOCALE, this.locale);
		}
	}

	/** Waits for the messages of the pages beyond the first. */
	async complete(): Promise<void> {
		this.#whole = true;
		await this.#load(this.#wanted);
	}

	async #load(locale: Locale): Promise<void> {
		const { first, rest } = chunks[locale];
		const messages = { ...(await first()), ...(this.#whole ? await rest() : {}) };
		if (locale !== this.#wanted) return;
		const same = this.locale === locale;
		this.#messages = same ? { ...this.#messages, ...messages } : messages;
		this.locale = locale;
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
