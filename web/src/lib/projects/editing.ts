/** Editing a named thing of the organisation while others may edit it too. */

/** What of `typed` differs from `base`: all that a change has to say. */
export function changesOf<Fields extends object>(base: Fields, typed: Fields): Partial<Fields> {
	const changed = fieldsOf(typed).filter((field) => typed[field] !== base[field]);
	return Object.fromEntries(changed.map((field) => [field, typed[field]])) as Partial<Fields>;
}

/** What was typed, over a newer base: fields that were touched stay, the others show the new state. */
export function rebased<Fields extends object>(base: Fields, newer: Fields, typed: Fields): Fields {
	return { ...newer, ...changesOf(base, typed) };
}

interface Named {
	id: string;
	name: string;
	archived: boolean;
}

/** The one that already has this name, as the server compares them; null where the name is free. */
export function nameTaken<Thing extends Named>(all: Thing[], name: string, ownId?: string): Thing | null {
	const wanted = compared(name);
	return all.find((other) => other.id !== ownId && compared(other.name) === wanted) ?? null;
}

/** In the order of a list: what is in use before what is archived, then by name. */
export function inListOrder(one: Named, other: Named): number {
	return Number(one.archived) - Number(other.archived) || one.name.localeCompare(other.name);
}

/** Whether `text` has every word of `query`, without regard to case and accents. */
export function matches(text: string, query: string): boolean {
	const within = folded(text);
	return folded(query)
		.split(/\s+/)
		.every((word) => within.includes(word));
}

/** The colour that the fewest of `colors` have: the next project is told apart best by it. */
export function rarestColor(colors: number[], all = 12): number {
	const counts = Array.from(
		{ length: all },
		(_, index) => colors.filter((color) => color === index + 1).length
	);
	return counts.indexOf(Math.min(...counts)) + 1;
}

function fieldsOf<Fields extends object>(fields: Fields): (keyof Fields)[] {
	return Object.keys(fields) as (keyof Fields)[];
}

function compared(name: string): string {
	return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim();
}
