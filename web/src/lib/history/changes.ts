/** From what to what a record took its entry. */
import type { Entry, HistoryRecord } from '#lib/api/index.ts';

/** The parts of an entry that its history tells of, in the order in which they are read. */
export const FIELDS = [
	'start',
	'end',
	'seconds',
	'project_id',
	'note',
	'tags',
	'billable',
	'time_zone'
] as const;
export type HistoryField = (typeof FIELDS)[number];

export interface Change {
	field: HistoryField;
	/** Null where the record made the entry. */
	before: Entry | null;
	after: Entry;
}

/**
 * What a record changed, and nothing else. Of a record that made the entry: what it set. A record whose data was
 * erased tells nothing.
 */
export function changesOf({ before, after }: Pick<HistoryRecord, 'before' | 'after'>): Change[] {
	if (!after) return [];
	const wanted = FIELDS.filter((field) => (before ? !same(before, after, field) : isSet(after, field)));
	return wanted.map((field) => ({ field, before, after }));
}

function same(before: Entry, after: Entry, field: HistoryField): boolean {
	if (field === 'tags') return JSON.stringify(before.tags) === JSON.stringify(after.tags);
	if (field === 'start') return sameInstant(before.start, after.start);
	if (field === 'end') return sameInstant(before.end, after.end);
	return before[field] === after[field];
}

/** The same instant may be written with another offset, where the zone of the entry changed. */
function sameInstant(one: string | null, other: string | null): boolean {
	if (one === null || other === null) return one === other;
	return Temporal.Instant.compare(one, other) === 0;
}

/** The zone goes without saying until it changes; so does that nothing was said. */
function isSet(entry: Entry, field: HistoryField): boolean {
	if (field === 'time_zone' || field === 'billable') return false;
	if (field === 'tags') return entry.tags.length > 0;
	return entry[field] !== null && entry[field] !== '';
}

/**
 * How many seconds passed from the device's time to the server's: a command that waited on a device without connection
 * has many. Negative where the device's clock was ahead; null where it sent no time.
 */
export function delaySeconds({
	time,
	device_time
}: Pick<HistoryRecord, 'time' | 'device_time'>): number | null {
	if (device_time === null) return null;
	const [server, device] = [time, device_time].map(
		(instant) => Temporal.Instant.from(instant).epochMilliseconds
	);
	return Math.round((server! - device!) / 1000);
}

/** The entry as its newest record that still has data left it; null where all was erased. */
export function latestOf(records: HistoryRecord[]): Entry | null {
	const newestFirst = [...records].sort((one, other) => other.seq - one.seq);
	return newestFirst.find(({ after }) => after)?.after ?? null;
}

/** A hash short enough to compare by eye: its first and last eight digits. */
export function shortHash(hash: string): string {
	return hash.length > 20 ? `${hash.slice(0, 8)}…${hash.slice(-8)}` : hash;
}
