export interface Command {
	id: string;
	label: string;
	run: () => unknown;
}

/** The commands in which every word of `query` begins a word, or failing that occurs anywhere. */
export function matching(all: Command[], query: string): Command[] {
	const words = folded(query).split(/\s+/).filter(Boolean);
	const beginnings = all.filter(({ label }) => {
		const parts = folded(label).split(/[\s\-–/()·]+/);
		return words.every((word) => parts.some((part) => part.startsWith(word)));
	});
	const anywhere = all.filter(({ label }) => words.every((word) => folded(label).includes(word)));
	return [...beginnings, ...anywhere.filter((command) => !beginnings.includes(command))];
}

/** Without case and accents, as people type. */
function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
