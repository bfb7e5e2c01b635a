/** A message is a sentence with `{names}` to fill in, or one sentence per plural form of `{count}`. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Message = string | Plural;

/** The other languages of a catalogue: the same keys, and plurals where the English has them. */
export type Translation<Catalogue> = {
	readonly [Key in keyof Catalogue]: Catalogue[Key] extends string ? string : Plural;
};

type NamesIn<Text extends string> = Text extends `${string}{${infer Name}}${infer Rest}`
	? Name | NamesIn<Rest>
	: never;
type TextOf<M> = M extends string
	? M
	: M extends { other: infer Other extends string }
		? Other | '{count}'
		: never;
export type NamesOf<M> = NamesIn<TextOf<M>>;
/** What has to be filled in; `count` chooses the plural form. */
export type FillingsOf<M> = { [Name in NamesOf<M>]: Name extends 'count' ? number : string | number };

/** The sentence of `message` in `locale` with its names filled in. */
export function fill(message: Message, fillings: Record<string, string | number>, locale: string): string {
	const text = typeof message === 'string' ? message : chooseForm(message, Number(fillings.count), locale);
	return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
		const filling = fillings[name];
		if (filling === undefined) return whole;
		return typeof filling === 'number' ? new Intl.NumberFormat(locale).format(filling) : filling;
	});
}

function chooseForm(forms: Plural, count: number, locale: string): string {
	return forms[new Intl.PluralRules(locale).select(count)] ?? forms.other;
}
