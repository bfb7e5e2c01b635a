/** Civil time by `Temporal`: dates are `YYYY-MM-DD`, instants RFC 3339, zones IANA names. */

/** Epoch seconds of an instant. */
export function secondsOf(instant: string): number {
	return Math.floor(Temporal.Instant.from(instant).epochMilliseconds / 1000);
}

/** The device's own instant, in milliseconds since the epoch. */
export function deviceMilliseconds(): number {
	return Temporal.Now.instant().epochMilliseconds;
}

/** RFC 3339 with the offset that `timeZone` has at that instant. */
export function instantIn(timeZone: string, epochMilliseconds: number): string {
	return Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)
		.toZonedDateTimeISO(timeZone)
		.toString({ timeZoneName: 'never' });
}

/** The civil date of an instant in `timeZone`. */
export function dateOf(instant: string, timeZone: string): string {
	return Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainDate().toString();
}

/** The time of day of an instant in `timeZone`: `HH:MM`. */
export function wallClockOf(instant: string, timeZone: string): string {
	const time = Temporal.Instant.from(instant).toZonedDateTimeISO(timeZone).toPlainTime();
	return time.toString({ smallestUnit: 'minute', roundingMode: 'trunc' });
}

export function addDays(date: string, days: number): string {
	return Temporal.PlainDate.from(date).add({ days }).toString();
}

/** The first date of the week that holds `date`; weeks begin on `firstDay`, 1 for Monday to 7 for Sunday. */
export function weekStart(date: string, firstDay: number): string {
	const day = Temporal.PlainDate.from(date);
	return day.subtract({ days: (day.dayOfWeek - firstDay + 7) % 7 }).toString();
}

/** The seven dates from `start` on. */
export function weekDates(start: string): string[] {
	return Array.from({ length: 7 }, (_, index) => addDays(start, index));
}

/** Whether `text` is a civil date that exists. */
export function isDate(text: string | null | undefined): text is string {
	if (!text || !/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
	try {
		return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString() === text;
	} catch {
		return false;
	}
}

/** The first instant of a civil date and the first after it, in epoch seconds: 23, 24 or 25 hours apart, or otherwise. */
export function dayBounds(date: string, timeZone: string): { start: number; end: number } {
	const day = Temporal.PlainDate.from(date);
	const start = day.toZonedDateTime({ timeZone });
	const end = day.add({ days: 1 }).toZonedDateTime({ timeZone });
	return { start: start.epochMilliseconds / 1000, end: end.epochMilliseconds / 1000 };
}

export type WallClock =
	| { kind: 'unique'; instant: string }
	/** The clock skips this time: no instant has it. */
	| { kind: 'gap' }
	/** The clock shows this time twice. */
	| { kind: 'fold'; earlier: string; later: string };

/** The instant at which clocks in `timeZone` show `time` (`HH:MM` or `HH:MM:SS`) on `date`. */
export function atWallClock(date: string, time: string, timeZone: string): WallClock {
	const wanted = Temporal.PlainDateTime.from(`${date}T${time}`);
	const earlier = wanted.toZonedDateTime(timeZone, { disambiguation: 'earlier' });
	const later = wanted.toZonedDateTime(timeZone, { disambiguation: 'later' });
	const text = (moment: Temporal.ZonedDateTime) => moment.toString({ timeZoneName: 'never' });
	if (!earlier.toPlainDateTime().equals(wanted)) return { kind: 'gap' };
	if (earlier.epochMilliseconds === later.epochMilliseconds)
		return { kind: 'unique', instant: text(earlier) };
	return { kind: 'fold', earlier: text(earlier), later: text(later) };
}

/** The zone that this device is set to. */
export function deviceTimeZone(): string {
	return Temporal.Now.timeZoneId();
}
