/** How durations, times and dates read, given whose eyes they are for. Pages use `show` in `./show`, which knows that. */
import type { DurationFormat, Locale } from '#lib/api/index.ts';

export type DateStyle =
	| 'weekday' // Mon
	| 'day' // Mon 23 Nov
	| 'long' // Monday, 23 November 2026
	| 'date' // 23 Nov 2026
	| 'number' // 23
	| 'month' // November 2026
	| 'short' // 23 Nov
	| 'month_name' // Nov
	| 'year'; // 2026

const dateStyles: Record<DateStyle, Intl.DateTimeFormatOptions> = {
	weekday: { weekday: 'short' },
	day: { weekday: 'short', day: 'numeric', month: 'short' },
	long: { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' },
	date: { day: 'numeric', month: 'short', year: 'numeric' },
	number: { day: 'numeric' },
	month: { month: 'long', year: 'numeric' },
	short: { day: 'numeric', month: 'short' },
	month_name: { month: 'short' },
	year: { year: 'numeric' }
};

// English without a country writes the day first, as the rest of the app's civil dates do.
const regions: Record<Locale, string> = { en: 'en-GB', de: 'de-DE' };
const decimalPoints: Record<Locale, string> = { en: '.', de: ',' };
const formatters = new Map<string, Intl.DateTimeFormat>();

/** `7:45`, or `7.75 h`: rounded half up to the minute or to the hundredth of an hour, for the eye only. */
export function duration(seconds: number, format: DurationFormat, locale: Locale): string {
	if (seconds < 0) return `\u2212${duration(-seconds, format, locale)}`;
	if (format === 'decimal') {
		const hundredths = Math.floor((seconds + 18) / 36);
		return `${Math.floor(hundredths / 100)}${decimalPoints[locale]}${twoDigits(hundredths % 100)} h`;
	}
	const minutes = Math.floor((seconds + 30) / 60);
	return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}`;
}

/** `7:45` of time that runs: whole minutes that have passed, so that it agrees with the seconds shown elsewhere. */
export function runningDuration(seconds: number, format: DurationFormat, locale: Locale): string {
	const unit = format === 'decimal' ? 36 : 60;
	return duration(seconds - (seconds % unit), format, locale);
}

/** `7:45:09`: exact, for what is running. */
export function durationWithSeconds(seconds: number): string {
	const minutes = Math.floor(seconds / 60);
	return `${Math.floor(minutes / 60)}:${twoDigits(minutes % 60)}:${twoDigits(seconds % 60)}`;
}

/** `09:30`, by the 24-hour clock that is also typed. */
export function time(instant: string, timeZone: string, locale: Locale): string {
	return formatter(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(
		epoch(instant)
	);
}

/** `09:30:15 +02:00`-like precision for records that are evidence. */
export function exactTime(instant: string, timeZone: string, locale: Locale): string {
	return formatter(locale, {
		...dateStyles.date,
		hour: '2-digit',
		minute: '2-digit',
		second: '2-digit',
		hourCycle: 'h23',
		timeZoneName: 'short',
		timeZone
	}).format(epoch(instant));
}

/** A civil date. */
export function date(civil: string, style: DateStyle, locale: Locale): string {
	const midnight = Temporal.PlainDate.from(civil).toZonedDateTime('UTC').epochMilliseconds;
	return formatter(locale, { ...dateStyles[style], timeZone: 'UTC' }).format(midnight);
}

/** `23 – 29 Nov 2026`. */
export function dateRange(from: string, to: string, locale: Locale): string {
	const [start, end] = [from, to].map(
		(civil) => Temporal.PlainDate.from(civil).toZonedDateTime('UTC').epochMilliseconds
	);
	return formatter(locale, { ...dateStyles.date, timeZone: 'UTC' }).formatRange(start!, end!);
}

/** A whole number with the locale's grouping. */
export function count(value: number, locale: Locale): string {
	return new Intl.NumberFormat(regions[locale]).format(value);
}

function epoch(instant: string): number {
	return Temporal.Instant.from(instant).epochMilliseconds;
}

function formatter(locale: Locale, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
	const key = `${locale} ${JSON.stringify(options)}`;
	let found = formatters.get(key);
	if (!found) formatters.set(key, (found = new Intl.DateTimeFormat(regions[locale], options)));
	return found;
}

function twoDigits(value: number): string {
	return String(value).padStart(2, '0');
}
