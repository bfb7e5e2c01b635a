import { RefusedError, timesheets, type Entry, type EntryFields } from '#lib/api/index.ts';
import { secondsOf } from '#lib/time/civil.ts';

type Api = Pick<typeof timesheets, 'get' | 'replace' | 'remove'>;
type Change = Partial<EntryFields>;

/**
 * Changes of one entry follow each other, wherever on the page they are made: each is made on what the one before it
 * left, so that whoever types fast never meets their own earlier change as somebody else's.
 */
export class EntryChanges {
	#api: Api;
	/** By entry: how it stands once everything that is on its way has been answered. */
	#latest = new Map<string, Promise<Entry>>();
	#onTheirWay = new Map<string, number>();

	constructor(api: Api) {
		this.#api = api;
	}

	/** Changes some fields and keeps the others. A change that is refused leaves the entry as it was for the next. */
	replace(entry: Entry, change: Change): Promise<Entry> {
		const before = this.#before(entry);
		const after = before.then((latest) => this.#send(latest, change));
		this.#latest.set(
			entry.id,
			after.catch(() => before)
		);
		return this.#counted(entry.id, after);
	}

	/** Deletes the entry once its changes are through. */
	remove(entry: Entry): Promise<void> {
		return this.#counted(
			entry.id,
			this.#before(entry).then((latest) => this.#api.remove(latest))
		);
	}

	/** Whether nothing of the entry is on its way any more, so that the server's word can be shown. */
	areThrough(id: string): boolean {
		return !this.#onTheirWay.has(id);
	}

	/** What changed meanwhile, such as by clocking out, is no obstacle where it changed other fields. */
	async #send(latest: Entry, change: Change): Promise<Entry> {
		const made = (entry: Entry) => this.#api.replace(entry, { ...timesheets.fieldsOf(entry), ...change });
		try {
			return await made(latest);
		} catch (error) {
			if (!(error instanceof RefusedError && error.code === 'precondition_failed')) throw error;
			const current = await this.#api.get(latest.id);
			if (current.deleted || !sameIn(Object.keys(change), current, latest)) throw error;
			return made(current);
		}
	}

	/** What the page was shown counts where it is newer: another device may have changed the entry. */
	#before(entry: Entry): Promise<Entry> {
		const latest = this.#latest.get(entry.id) ?? Promise.resolve(entry);
		return latest.then((known) => (known.version >= entry.version ? known : entry));
	}

	async #counted<T>(id: string, answer: Promise<T>): Promise<T> {
		this.#onTheirWay.set(id, (this.#onTheirWay.get(id) ?? 0) + 1);
		try {
			return await answer;
		} finally {
			const left = (this.#onTheirWay.get(id) ?? 1) - 1;
			if (left === 0) this.#onTheirWay.delete(id);
			else this.#onTheirWay.set(id, left);
		}
	}
}

/** Whether the two have the same values in these fields; the same moment counts whatever its offset. */
function sameIn(fields: string[], one: Entry, other: Entry): boolean {
	const value = (entry: Entry, field: string) => {
		const found = entry[field as keyof Entry];
		const moment = (field === 'start' || field === 'end') && typeof found === 'string';
		return moment ? secondsOf(found) : JSON.stringify(found);
	};
	return fields.every((field) => value(one, field) === value(other, field));
}

export const changes = new EntryChanges(timesheets);
