/** What the clock will show once the server has answered the commands that still wait. */
import type { ClockCommand, Entry, Status } from '#lib/api/types.ts';
import { addDays, dateOf, secondsOf } from '#lib/time/civil.ts';

type Timed = ClockCommand & { at: string };

/** The status before the server was ever asked. */
export function emptyStatus(today: string, weekStart: string, at: string): Status {
	return {
		clocked_in: false,
		entry: null,
		elapsed_seconds: 0,
		today,
		week_start: weekStart,
		today_seconds: 0,
		week_seconds: 0,
		server_time: at
	};
}

/** The status after `commands`, given in order; a command that its moment does not allow changes nothing. */
export function afterCommands(status: Status, commands: Timed[], timeZone: string): Status {
	return commands.reduce((before, command) => afterCommand(before, command, timeZone), status);
}

function afterCommand(status: Status, command: Timed, timeZone: string): Status {
	switch (command.action) {
		case 'in':
			return status.clocked_in ? status : clockedIn(status, command, timeZone);
		case 'out':
			return status.clocked_in ? clockedOut(status, command) : status;
		case 'switch':
			return status.clocked_in ? clockedIn(clockedOut(status, command), command, timeZone) : status;
	}
}

function clockedOut(status: Status, command: Timed): Status {
	return {
		...asOf(status, secondsOf(command.at), command.at),
		clocked_in: false,
		entry: null,
		elapsed_seconds: 0
	};
}

function clockedIn(status: Status, command: Timed, timeZone: string): Status {
	const today = dateOf(command.at, timeZone);
	const sameDay = today <= status.today;
	const weeksLater = today >= addDays(status.week_start, 7);
	return {
		...status,
		clocked_in: true,
		entry: provisionalEntry(command, timeZone),
		elapsed_seconds: 0,
		today: sameDay ? status.today : today,
		today_seconds: sameDay ? status.today_seconds : 0,
		week_start: weeksLater ? addDays(status.week_start, 7) : status.week_start,
		week_seconds: weeksLater ? 0 : status.week_seconds,
		server_time: command.at
	};
}

/** The entries after `commands`: those that the server does not know yet stand in for the ones it will make. */
export function entriesAfter(entries: Entry[], commands: Timed[], timeZone: string): Entry[] {
	let open = entries.find((entry) => entry.end === null) ?? null;
	const closed = entries.filter((entry) => entry.end !== null);
	for (const command of commands) {
		if (open && command.action !== 'in') {
			const seconds = Math.max(0, secondsOf(command.at) - secondsOf(open.start));
			closed.push({ ...open, end: command.at, seconds });
			open = command.action === 'switch' ? provisionalEntry(command, timeZone) : null;
		} else if (!open && command.action === 'in') {
			open = provisionalEntry(command, timeZone);
		}
	}
	return open ? [...closed, open] : closed;
}

/** The running seconds carried on to another moment. */
export function asOf(status: Status, epochSeconds: number, at: string): Status {
	if (!status.clocked_in || !status.entry) return { ...status, server_time: at };
	const more = epochSeconds - secondsOf(status.server_time);
	return {
		...status,
		elapsed_seconds: Math.max(0, epochSeconds - secondsOf(status.entry.start)),
		today_seconds: Math.max(0, status.today_seconds + more),
		week_seconds: Math.max(0, status.week_seconds + more),
		server_time: at
	};
}

/** Stands for the open entry until the server has made the real one. */
function provisionalEntry(command: Timed, timeZone: string): Entry {
	return {
		id: '',
		member_id: '',
		project_id: command.project_id ?? null,
		start: command.at,
		end: null,
		time_zone: timeZone,
		work_date: dateOf(command.at, timeZone),
		seconds: null,
		note: command.note ?? '',
		tags: command.tags ?? [],
		billable: command.billable ?? false,
		source: 'clock',
		deleted: false,
		version: 0,
		created_at: command.at,
		updated_at: command.at
	};
}
