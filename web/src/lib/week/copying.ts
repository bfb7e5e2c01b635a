/** Sending a copied week, entry by entry: what the server refuses is reported, and the rest goes on. */
import { RefusedError, UnreachableError } from '#lib/api/request.ts';
import type { Entry, NewEntry } from '#lib/api/types.ts';
import { weekLater } from './copy.ts';

export interface NotCopied {
	entry: Entry;
	/** The clock's reason, or what the server or the network said. */
	why: 'skipped' | 'repeated' | RefusedError | UnreachableError;
}

export interface Copied {
	made: Entry[];
	refused: NotCopied[];
}

interface Ways {
	create: (body: NewEntry, idempotencyKey: string) => Promise<Entry>;
	wait: (seconds: number) => Promise<void>;
	/** Called before each entry, with how many are behind it. */
	progress: (done: number, all: number) => void;
}

type Closed = Entry & { end: string };

/** Makes each closed entry of `entries` again seven days later. Stops where the server cannot be reached any more. */
export async function copyWeekLater(entries: Entry[], ways: Ways): Promise<Copied> {
	const closed = entries.filter((entry): entry is Closed => entry.end !== null && !entry.deleted);
	const made: Entry[] = [];
	const refused: NotCopied[] = [];
	for (const [done, entry] of closed.entries()) {
		ways.progress(done, closed.length);
		const body = weekLater(entry);
		if ('why' in body) {
			refused.push({ entry, why: body.why });
			continue;
		}
		try {
			made.push(await createPatiently(body, ways));
		} catch (why) {
			if (!(why instanceof RefusedError || why instanceof UnreachableError)) throw why;
			const gone = why instanceof UnreachableError;
			const rest = gone ? closed.slice(done) : [entry];
			refused.push(...rest.map((missing) => ({ entry: missing, why })));
			if (gone) break;
		}
	}
	return { made, refused };
}

/** Waits as long as the server asks for before it takes more; the command's id stays the same. */
async function createPatiently(body: NewEntry, ways: Ways): Promise<Entry> {
	const key = crypto.randomUUID();
	for (;;) {
		try {
			return await ways.create(body, key);
		} catch (error) {
			if (!(error instanceof RefusedError) || error.status !== 429) throw error;
			await ways.wait(error.retryAfterSeconds ?? 60);
		}
	}
}
