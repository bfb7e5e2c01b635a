/** How the parts of an import read. */
import type { DateOrder, ImportOverlap, ImportSource } from '#lib/api/index.ts';
import { t } from '#lib/i18n/index.ts';
import { session } from '#lib/session/session.svelte.ts';
import { dateOf } from '#lib/time/civil.ts';
import { show } from '#lib/time/show.ts';
import { isFaultCode } from './faults.ts';

/** A duration to the second, as the other tools print theirs, so that the two can be compared. */
export function exactly(seconds: number): string {
	return session.durationFormat === 'clock' ? show.durationWithSeconds(seconds) : show.duration(seconds);
}

export function sourceName(source: ImportSource): string {
	return t(`imports.source_${source}`);
}

export function dateOrderName(order: DateOrder): string {
	return t(`imports.date_order_${order}`);
}

/** Why a row does not come in; the server's own words where this version knows no better. */
export function reasonFor(code: string, detail: string): string {
	return isFaultCode(code) ? t(`imports.code_${code}`) : detail;
}

/** `Mon 6 May, 09:00 – 10:30`, on the clock of the row. */
export function spanOf(start: string, end: string | null, timeZone: string): string {
	const day = show.date(dateOf(start, timeZone), 'date');
	const from = show.time(start, timeZone);
	if (end === null) return t('imports.other_open', { start: `${day}, ${from}` });
	const endDate = dateOf(end, timeZone);
	// On the night that the clocks change, the same figures can be an hour apart.
	const offsets = start.slice(-6) === end.slice(-6) ? ['', ''] : [` ${start.slice(-6)}`, ` ${end.slice(-6)}`];
	const to = `${show.time(end, timeZone)}${offsets[1]}`;
	const until = endDate === dateOf(start, timeZone) ? to : `${show.date(endDate, 'date')}, ${to}`;
	// No line begins with the dash.
	return `${day}, ${from}${offsets[0]}\u00a0– ${until}`;
}

/** What is in the way of a row. */
export function obstacleOf(overlap: ImportOverlap, timeZone: string): string {
	const span = spanOf(overlap.other_start, overlap.other_end, timeZone);
	return overlap.other_line === null
		? t('imports.other_entry', { span })
		: t('imports.other_line', { line: String(overlap.other_line), span });
}
