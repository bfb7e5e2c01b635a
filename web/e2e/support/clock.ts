/** Cities around the world, so that in one of them it is about noon. */
const CITIES = [
	'Pacific/Auckland',
	'Australia/Sydney',
	'Asia/Tokyo',
	'Asia/Bangkok',
	'Asia/Kathmandu',
	'Asia/Dubai',
	'Europe/Vienna',
	'Atlantic/Azores',
	'America/Sao_Paulo',
	'America/New_York',
	'America/Los_Angeles',
	'Pacific/Honolulu'
];

/** Where it is nearest to noon now: a test that begins there does not run over midnight. */
export function noonZone(): string {
	const distance = (timeZone: string) => Math.abs(hourIn(timeZone) - 12);
	return CITIES.toSorted((one, other) => distance(one) - distance(other))[0]!;
}

/** The civil date there now, `YYYY-MM-DD`. */
export function todayIn(timeZone: string): string {
	return new Date().toLocaleDateString('sv-SE', { timeZone });
}

function hourIn(timeZone: string): number {
	return Number(new Date().toLocaleTimeString('sv-SE', { timeZone, hour: '2-digit' }).slice(0, 2));
}
