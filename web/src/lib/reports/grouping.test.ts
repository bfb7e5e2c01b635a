import { describe, expect, test } from 'vitest';
import type { ReportGroup, ReportRow } from '#lib/api/types.ts';
import { linesOf, sumOf, wholeHundredths, wholeMinutes, type Line } from './grouping.ts';

const nameOf = (_: ReportGroup, key: string | null) => key ?? 'none';
const rows: ReportRow[] = [
	{ date: '2026-11-02', project_id: 'b', seconds: 3600 },
	{ date: '2026-11-01', project_id: 'a', seconds: 1 },
	{ date: '2026-11-02', project_id: null, seconds: 59 },
	{ date: '2026-11-01', project_id: 'b', seconds: 60 }
];

function expectToSum(lines: Line[], seconds: number) {
	expect(sumOf(lines)).toBe(seconds);
	for (const line of lines) if (line.inside.length > 0) expectToSum(line.inside, line.seconds);
}

describe('a table of a report', () => {
	test.each([[['project']], [['date', 'project']], [['project', 'date']]] as ReportGroup[][][])(
		'by %j sums to the total on every level',
		(groups) => {
			expectToSum(linesOf(rows, groups, nameOf), 3720);
		}
	);

	test('has the most time first and days in their order', () => {
		const byProject = linesOf(rows, ['project', 'date'], nameOf);
		expect(byProject.map(({ key }) => key)).toEqual(['b', null, 'a']);
		expect(byProject[0]!.inside.map(({ key }) => key)).toEqual(['2026-11-01', '2026-11-02']);
	});

	test('of equal time, the name decides', () => {
		const equal = ['z', 'm', null].map((tag) => ({ tag, seconds: 5 }));
		expect(linesOf(equal, ['tag'], nameOf).map(({ key }) => key)).toEqual(['m', null, 'z']);
	});
});

test('whether shown figures sum is asked on every level', () => {
	const line = (seconds: number, inside: Line[] = []): Line => ({
		group: 'project',
		key: '',
		seconds,
		inside
	});
	expect(wholeMinutes([line(120, [line(60), line(60)])])).toBe(true);
	expect(wholeMinutes([line(120, [line(61), line(59)])])).toBe(false);
	expect(wholeHundredths([line(72, [line(36), line(36)])])).toBe(true);
	expect(wholeHundredths([line(72, [line(35), line(37)])])).toBe(false);
});
