/** Copying a week: the same local times seven dates later, by the clock of each entry's own zone. */
import type { Entry, NewEntry } from '#lib/api/types.ts';
import { atWallClock } from '#lib/time/civil.ts';

/** The entry seven civil days later, or why the clock has no such time on that date. */
export function weekLater(entry: Entry & { end: string }): NewEntry | { why: 'skipped' | 'repeated' } {
	const start = edgeWeekLater(entry.start, entry.time_zone);
	const end = edgeWeekLater(entry.end, entry.time_zone);
	for (const edge of [start, end]) {
		if (edge.kind === 'gap') return { why: 'skipped' };
		if (edge.kind === 'fold') return { why: 'repeated' };
	}
	if (start.kind !== 'unique' || end.kind !== 'unique') return { why: 'repeated' };
	return {
		start: start.instant,
		end: end.instant,
		time_zone: entry.time_zone,
		project_id: entry.project_id,
		note: entry.note,
		tags: entry.tags,
		billable: entry.billable
	};
}

function edgeWeekLater(instant: string, timeZone: string) {
	const later = Temporal.Instant.from(instant)
		.toZonedDateTimeISO(timeZone)
		.toPlainDateTime()
		.add({ days: 7 });
	return atWallClock(later.toPlainDate().toString(), later.toPlainTime().toString(), timeZone);
}
