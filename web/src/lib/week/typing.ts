/** What a cell holds as one would type it, so that leaving it as it is changes nothing. */
import type { DurationFormat, Locale } from '#lib/api/types.ts';
import { duration, durationWithSeconds } from '#lib/time/format.ts';

/** `1:30`, or `1.5` for who reads decimals; with seconds where there are any, so that nothing is rounded away. */
export function asTyped(seconds: number, format: DurationFormat, locale: Locale): string {
	if (seconds === 0) return '';
	if (format === 'decimal' && seconds % 36 === 0) return duration(seconds, format, locale).replace(/ h$/, '');
	return seconds % 60 === 0 ? duration(seconds, 'clock', locale) : durationWithSeconds(seconds);
}
