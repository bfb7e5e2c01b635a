import type { Entry, EntryFields, NewEntry } from '#lib/api/types.ts';
import { secondsOf } from '#lib/time/civil.ts';

/** Stands for a new entry until the server has made the real one; `start` carries the offset of the entry's zone. */
export function provisional(body: NewEntry, memberId: string, timeZone: string): Entry {
	return {
		id: provisionalId(body),
		member_id: memberId,
		project_id: body.project_id ?? null,
		start: body.start,
		end: body.end,
		time_zone: body.time_zone ?? timeZone,
		work_date: body.start.slice(0, 10),
		seconds: lengthOf(body),
		note: body.note ?? '',
		tags: body.tags ?? [],
		billable: body.billable ?? false,
		source: 'manual',
		deleted: false,
		version: 0,
		created_at: body.start,
		updated_at: body.start
	};
}

export function provisionalId(body: NewEntry): string {
	return `provisional ${body.start} ${body.project_id ?? ''}`;
}

/** The seconds between an entry's edges; null while it is open. */
export function lengthOf(fields: Pick<EntryFields, 'start' | 'end'>): number | null {
	return fields.end === null ? null : secondsOf(fields.end) - secondsOf(fields.start);
}
