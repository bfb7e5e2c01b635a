const MOST_SECONDS = 168 * 3600;

/** A week's target as it is typed, `38:30`, `38.5` or `38,5`, in seconds; null where it cannot be read. */
export function readWeekHours(text: string): number | null {
	const typed = text.trim().replace(/\s*h$/i, '');
	const clock = /^(\d{1,3}):([0-5]\d)$/.exec(typed);
	const decimal = /^(\d{1,3})(?:[.,](\d{1,2}))?$/.exec(typed);
	let seconds: number;
	if (clock) seconds = Number(clock[1]) * 3600 + Number(clock[2]) * 60;
	else if (decimal) seconds = Number(decimal[1]) * 3600 + Number((decimal[2] ?? '0').padEnd(2, '0')) * 36;
	else return null;
	return seconds <= MOST_SECONDS ? seconds : null;
}
