import { describe, expect, test } from 'vitest';
import type { ClockCommand, Entry, Status } from '#lib/api/types.ts';
import { secondsOf } from '#lib/time/civil.ts';
import { afterCommands, asOf, emptyStatus, entriesAfter } from './status.ts';

const vienna = 'Europe/Vienna';
const out: Status = {
	...emptyStatus('2026-06-15', '2026-06-15', '2026-06-15T12:00:00+02:00'),
	today_seconds: 3600,
	week_seconds: 7200
};
const press = (action: ClockCommand['action'], at: string, more: Partial<ClockCommand> = {}) => ({
	action,
	at,
	...more
});
const at = (status: Status, moment: string) => asOf(status, secondsOf(moment), moment);

describe('the status while commands wait', () => {
	test('after clocking in the time runs from the press', () => {
		const status = afterCommands(out, [press('in', '2026-06-15T12:05:00+02:00', { note: 'x' })], vienna);
		const later = at(status, '2026-06-15T12:15:00+02:00');
		expect(later).toMatchObject({
			clocked_in: true,
			elapsed_seconds: 600,
			today_seconds: 4200,
			week_seconds: 7800
		});
		expect(later.entry).toMatchObject({ start: '2026-06-15T12:05:00+02:00', end: null, note: 'x', id: '' });
	});

	test('after clocking out it stands still', () => {
		const presses = [press('in', '2026-06-15T12:00:00+02:00'), press('out', '2026-06-15T13:00:00+02:00')];
		const later = at(afterCommands(out, presses, vienna), '2026-06-15T18:00:00+02:00');
		expect(later).toMatchObject({ clocked_in: false, entry: null, today_seconds: 7200, week_seconds: 10800 });
	});

	test('a switch ends one entry and begins the next at the same moment', () => {
		const presses = [
			press('in', '2026-06-15T12:00:00+02:00', { project_id: 'a' }),
			press('switch', '2026-06-15T12:30:00+02:00', { project_id: 'b' })
		];
		const later = at(afterCommands(out, presses, vienna), '2026-06-15T12:40:00+02:00');
		expect(later).toMatchObject({ elapsed_seconds: 600, today_seconds: 3600 + 2400 });
		expect(later.entry!.project_id).toBe('b');
	});

	test('a press that its moment does not allow changes nothing', () => {
		expect(afterCommands(out, [press('out', '2026-06-15T12:01:00+02:00')], vienna)).toEqual(out);
		const running = afterCommands(out, [press('in', '2026-06-15T12:01:00+02:00')], vienna);
		expect(afterCommands(running, [press('in', '2026-06-15T12:02:00+02:00')], vienna)).toEqual(running);
	});

	test('clocking in after midnight begins a new day, and after Sunday a new week', () => {
		const tuesday = afterCommands(out, [press('in', '2026-06-16T08:00:00+02:00')], vienna);
		expect(tuesday).toMatchObject({ today: '2026-06-16', today_seconds: 0, week_seconds: 7200 });
		const monday = afterCommands(out, [press('in', '2026-06-22T08:00:00+02:00')], vienna);
		expect(monday).toMatchObject({ today: '2026-06-22', week_start: '2026-06-22', week_seconds: 0 });
	});

	test('the October night runs for nine hours', () => {
		const before = emptyStatus('2026-10-24', '2026-10-19', '2026-10-24T22:00:00+02:00');
		const status = afterCommands(before, [press('in', '2026-10-24T22:00:00+02:00')], vienna);
		expect(at(status, '2026-10-25T06:00:00+01:00').elapsed_seconds).toBe(9 * 3600);
	});
});

describe('the entries while commands wait', () => {
	const open = { id: 'one', start: '2026-06-15T08:00:00+02:00', end: null, seconds: null } as Entry;

	test('a clock-out gives the open entry its end', () => {
		const [entry] = entriesAfter([open], [press('out', '2026-06-15T09:00:00+02:00')], vienna);
		expect(entry).toMatchObject({ id: 'one', end: '2026-06-15T09:00:00+02:00', seconds: 3600 });
	});

	test('a clock-in adds the entry that the server will make, and at most one is open', () => {
		const presses = [press('switch', '2026-06-15T09:00:00+02:00'), press('in', '2026-06-15T09:30:00+02:00')];
		const entries = entriesAfter([open], presses, vienna);
		expect(entries.map(({ end }) => end)).toEqual(['2026-06-15T09:00:00+02:00', null]);
	});
});
