/** Durations, times and dates as the member who is signed in reads them. Reactive: a change of setting redraws. */
import { language } from '#lib/i18n/index.ts';
import { session } from '#lib/session/session.svelte.ts';
import * as format from './format.ts';

export const show = {
	duration: (seconds: number) => format.duration(seconds, session.durationFormat, language.locale),
	runningDuration: (seconds: number) =>
		format.runningDuration(seconds, session.durationFormat, language.locale),
	durationWithSeconds: format.durationWithSeconds,
	/** Among others that add up: where any of them has seconds all show theirs, or they would not seem to. */
	summed: (seconds: number, withSeconds: boolean) =>
		withSeconds && session.durationFormat === 'clock'
			? format.durationWithSeconds(seconds)
			: format.duration(seconds, session.durationFormat, language.locale),
	/** In the zone of the entry where one is given, else in the member's. */
	time: (instant: string, timeZone?: string) =>
		format.time(instant, timeZone ?? session.timeZone, language.locale),
	exactTime: (instant: string, timeZone?: string) =>
		format.exactTime(instant, timeZone ?? session.timeZone, language.locale),
	date: (civil: string, style: format.DateStyle = 'day') => format.date(civil, style, language.locale),
	dateRange: (from: string, to: string) => format.dateRange(from, to, language.locale),
	count: (value: number) => format.count(value, language.locale)
};
