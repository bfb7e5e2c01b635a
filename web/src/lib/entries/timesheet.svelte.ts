import { timesheets, type Entry, type Timesheet } from '#lib/api/index.ts';
import { changes } from './changes.ts';

/** The member's own entries over a range of dates, as one page shows them. */
export class OwnTimesheet {
	timesheet = $state.raw<Timesheet | null>(null);
	error = $state.raw<unknown>(null);
	#range = '';
	#loading: AbortController | null = null;
	/** Goes up with each change shown: what was asked for before it may not know of it. */
	#shown = 0;

	/** Loads a range; another range replaces what is shown, the same one is refreshed in place. */
	async load(startDate: string, endDate: string): Promise<void> {
		const range = `${startDate}/${endDate}`;
		if (range !== this.#range) this.timesheet = null;
		this.#range = range;
		this.#loading?.abort();
		const loading = (this.#loading = new AbortController());
		try {
			const shown = this.#shown;
			const loaded = await timesheets.whole({ start_date: startDate, end_date: endDate }, loading.signal);
			if (loading.signal.aborted) return;
			if (shown !== this.#shown) return await this.load(startDate, endDate);
			this.#take(loaded);
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

	/** Shows what the server says, but of an entry with a change on its way what that change will make of it. */
	#take(loaded: Timesheet): void {
		const before = this.timesheet?.entries;
		if (!before || loaded.entries.every(({ id }) => changes.areThrough(id))) this.timesheet = loaded;
		else {
			const asShown = (entry: Entry) =>
				changes.areThrough(entry.id) ? [entry] : before.filter(({ id }) => id === entry.id);
			this.timesheet = withEntries(loaded, loaded.entries.flatMap(asShown).sort(byStart));
		}
	}

	#change(change: (entries: Entry[]) => Entry[]): void {
		this.#shown += 1;
		if (this.timesheet) this.timesheet = withEntries(this.timesheet, change(this.timesheet.entries));
	}
}

/** The same range with other entries, and the sums that these make. */
function withEntries(timesheet: Timesheet, entries: Entry[]): Timesheet {
	const days = timesheet.days.map(({ date }) => ({ date, seconds: secondsOn(date, entries) }));
	return { ...timesheet, entries, days, total_seconds: days.reduce((sum, day) => sum + day.seconds, 0) };
}

function secondsOn(date: string, entries: Entry[]): number {
	return entries.reduce((sum, entry) => sum + (entry.work_date === date ? (entry.seconds ?? 0) : 0), 0);
}

function byStart(one: Entry, other: Entry): number {
	return Temporal.Instant.compare(one.start, other.start);
}
