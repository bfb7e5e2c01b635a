export interface ZoneOption {
	value: string;
	label: string;
}

/**
 * The zones in which every word of `query` occurs, those whose city begins with it first. Nothing typed gives all, the
 * preferred ones first.
 */
export function matchingZones(options: ZoneOption[], query: string, preferred: string[]): ZoneOption[] {
	const words = query
		.toLowerCase()
		.split(/[\s/_]+/)
		.filter(Boolean);
	const found = options.filter(({ label }) => words.every((word) => label.toLowerCase().includes(word)));
	const rank = ({ value, label }: ZoneOption) => {
		if (words.length === 0) return preferred.includes(value) ? preferred.indexOf(value) : preferred.length;
		const city = label.toLowerCase().split('/').at(-1)!;
		return city.startsWith(words[0]!) ? 0 : 1;
	};
	return found
		.map((option, index) => ({ option, index, rank: rank(option) }))
		.sort((one, other) => one.rank - other.rank || one.index - other.index)
		.map(({ option }) => option);
}
