import { describe, expect, test } from 'vitest';
import { vectors } from '../../tests/vectors.ts';
import {
	addDays,
	atWallClock,
	dateOf,
	dayBounds,
	instantIn,
	isDate,
	secondsOf,
	weekDates,
	weekStart
} from './civil.ts';

interface Start {
	date: string;
	first_day_of_week: number;
	week_start: string;
}
interface ClockWeek {
	time_zone: string;
	week_start: string;
	start_utc: string;
	end_utc: string;
	seconds_in_week: number;
	days: { date: string; seconds_in_day: number }[];
	since_tzdata?: string;
}
interface LocalTime {
	time_zone: string;
	local: string;
	resolution: 'unique' | 'gap' | 'fold';
	instants_utc: string[];
	since_tzdata?: string;
}
interface Span {
	name: string;
	time_zone: string;
	start_utc: string;
	end_utc: string | null;
	seconds: number | null;
	work_date: string;
	since_tzdata?: string;
}

// A browser brings its own zone data, which may be older than the vectors: those that say so are the server's to know.
const lasting = <T extends { since_tzdata?: string }>(cases: T[]) =>
	cases.filter((vector) => !vector.since_tzdata);
const { starts, clock_weeks } = vectors<{ starts: Start[]; clock_weeks: ClockWeek[] }>('weeks');
const { local_times } = vectors<{ local_times: LocalTime[] }>('local_times');
const { spans } = vectors<{ spans: Span[] }>('spans');

describe('weeks', () => {
	test.each(starts)(
		'the week of $date begins on $week_start when weeks begin on $first_day_of_week',
		(vector) => {
			expect(weekStart(vector.date, vector.first_day_of_week)).toBe(vector.week_start);
		}
	);

	test.each(lasting(clock_weeks))(
		'in $time_zone the days of the week of $week_start are as long as they are',
		(week) => {
			const bounds = weekDates(week.week_start).map((date) => dayBounds(date, week.time_zone));
			expect(bounds.map(({ start, end }) => end - start)).toEqual(week.days.map((day) => day.seconds_in_day));
			expect(bounds[0]!.start).toBe(secondsOf(week.start_utc));
			expect(bounds[6]!.end).toBe(secondsOf(week.end_utc));
		}
	);
});

describe('wall clocks', () => {
	test.each(lasting(local_times))('$local in $time_zone is $resolution', (vector) => {
		const [date, time] = vector.local.split('T') as [string, string];
		const moment = atWallClock(date, time, vector.time_zone);
		expect(moment.kind).toBe(vector.resolution);
		const instants =
			moment.kind === 'gap'
				? []
				: moment.kind === 'unique'
					? [moment.instant]
					: [moment.earlier, moment.later];
		expect(instants.map(secondsOf)).toEqual(vector.instants_utc.map(secondsOf));
	});
});

describe('spans', () => {
	test.each(lasting(spans))('$name: length and work date', (span) => {
		expect(dateOf(span.start_utc, span.time_zone)).toBe(span.work_date);
		if (span.end_utc) expect(secondsOf(span.end_utc) - secondsOf(span.start_utc)).toBe(span.seconds);
	});
});

describe('dates and instants', () => {
	test('a date has to exist', () => {
		expect(isDate('2028-02-29')).toBe(true);
		for (const none of ['2026-02-29', '2026-13-01', '2026-1-1', 'today', '', null])
			expect(isDate(none)).toBe(false);
	});

	test('days are added on the calendar, over leap days and clock changes', () => {
		expect(addDays('2028-02-28', 1)).toBe('2028-02-29');
		expect(addDays('2026-03-29', 1)).toBe('2026-03-30');
		expect(addDays('2026-01-01', -1)).toBe('2025-12-31');
	});

	test('an instant is written with the offset that the zone has then', () => {
		expect(instantIn('Europe/Vienna', 1774746000000)).toBe('2026-03-29T03:00:00+02:00');
	});
});
