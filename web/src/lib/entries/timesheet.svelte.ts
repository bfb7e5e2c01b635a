import { timesheets, type Entry, type Timesheet } from '#lib/api/index.ts';

/** The member's own entries over a range of dates, as one page shows them. */
export class OwnTimesheet {
	timesheet = $state.raw<Timesheet | null>(null);
	error = $state.raw<unknown>(null);
	#range = '';
	#loading: AbortController | null = null;

	/** Loads a range; another range replaces what is shown, the same one is refreshed in place. */
	async load(startDate: string, endDate: string): Promise<void> {
		const range = `${startDate}/${endDate}`;
		if (range !== this.#range) this.timesheet = null;
		this.#range = range;
		this.#loading?.abort();
		const loading = (this.#loading = new AbortController());
		try {
			const loaded = await timesheets.whole({ start_date: startDate, end_date: endDate }, loading.signal);
			if (loading.signal.aborted) return;
			this.timesheet = loaded;
			this.error = null;
		} catch (error) {
			if (!loading.signal.aborted) this.error = error;
		}
	}

	/** Shows an entry as it will be, until the next load says how it is. */
	put(entry: Entry): void {
		this.#change((entries) => [...entries.filter(({ id }) => id !== entry.id), entry].sort(byStart));
	}

	/** Takes an entry off the page. */
	drop(id: string): void {
		this.#change((entries) => entries.filter((entry) => entry.id !== id));
	}

	#change(change: (entries: Entry[]) => Entry[]): void {
		if (!this.timesheet) return;
		const entries = change(this.timesheet.entries);
		const days = this.timesheet.days.map(({ date }) => ({ date, seconds: secondsOn(date, entries) }));
		this.timesheet = {
			...this.timesheet,
			entries,
			days,
			total_seconds: days.reduce((sum, day) => sum + day.seconds, 0)
		};
	}
}

function secondsOn(date: string, entries: Entry[]): number {
	return entries.reduce((sum, entry) => sum + (entry.work_date === date ? (entry.seconds ?? 0) : 0), 0);
}

function byStart(one: Entry, other: Entry): number {
	return Temporal.Instant.compare(one.start, other.start);
}
