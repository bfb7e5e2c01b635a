/** The address of the reports as they were looked at last, on this device by this member. */
const STORED = 'vibesheets.reports';

export function rememberedSearch(memberId: string): string {
	const stored = localStorage.getItem(STORED);
	if (!stored) return '';
	const { memberId: owner, search } = JSON.parse(stored) as { memberId: string; search: string };
	return owner === memberId ? search : '';
}

export function rememberSearch(memberId: string, search: string): void {
	localStorage.setItem(STORED, JSON.stringify({ memberId, search }));
}
