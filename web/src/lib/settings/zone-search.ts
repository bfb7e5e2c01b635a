export interface ZoneOption {
	value: string;
	label: string;
}

/** Names that browsers still give zones under their old spelling. Browsers and servers take the new one too. */
const RENAMED: Record<string, string> = {
	'America/Buenos_Aires': 'America/Argentina/Buenos_Aires',
	'America/Godthab': 'America/Nuuk',
	'Asia/Calcutta': 'Asia/Kolkata',
	'Asia/Katmandu': 'Asia/Kathmandu',
	'Asia/Rangoon': 'Asia/Yangon',
	'Asia/Saigon': 'Asia/Ho_Chi_Minh',
	'Atlantic/Faeroe': 'Atlantic/Faroe',
	'Europe/Kiev': 'Europe/Kyiv',
	'Pacific/Ponape': 'Pacific/Pohnpei',
	'Pacific/Truk': 'Pacific/Chuuk'
};

/** The zones under the names that people look for; `value` stays as it is. */
export function withNewNames(options: ZoneOption[], value: string): ZoneOption[] {
	const renamed = options.map((option) => {
		const name = option.value === value ? undefined : RENAMED[option.value];
		return name ? { value: name, label: name.replaceAll('_', ' ') } : option;
	});
	return [...new Map(renamed.map((option) => [option.value, option])).values()];
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
