/** The rows that the member put into the grid: they stay in every week, on this device, until taken out. */
const STORED = 'vibesheets.week.rows';

interface Stored {
	memberId: string;
	projectIds: (string | null)[];
}

export function keptRows(memberId: string): (string | null)[] {
	const stored = localStorage.getItem(STORED);
	if (!stored) return [];
	const { memberId: owner, projectIds } = JSON.parse(stored) as Stored;
	return owner === memberId ? projectIds : [];
}

export function keepRows(memberId: string, projectIds: (string | null)[]): void {
	localStorage.setItem(STORED, JSON.stringify({ memberId, projectIds } satisfies Stored));
}
