import { organisation, timesheets, type Member, type Report, type ReportQuery } from '#lib/api/index.ts';
import { session } from '#lib/session/session.svelte.ts';
import type { Choices } from './choices.ts';
import { yearOf, type Range } from './period.ts';

/** What the three parts of the page show, and the choices that they are the answer to. */
interface Parts {
	choices: Choices;
	range: Range;
	/** Grouped as chosen. */
	table: Report;
	/** By day and project. */
	days: Report;
	/** By day, the whole year. */
	year: Report;
}

/** The reports of one set of choices. Answers are kept until an entry changes, so that going back asks nothing. */
export class ReportsShown {
	parts = $state.raw<Parts | null>(null);
	error = $state.raw<unknown>(null);
	/** The parts are of the choices before; the new ones are on their way. */
	stale = $state(false);
	members = $state.raw<Member[]>([]);
	readonly #answers = new Map<string, Promise<Report>>();
	#asked = 0;

	async load(choices: Choices, range: Range): Promise<void> {
		const asked = (this.#asked += 1);
		this.stale = true;
		const filter = filterOf(choices);
		try {
			const [table, days, year] = await Promise.all([
				this.#report({ ...datesOf(range), ...filter, group_by: choices.group }),
				this.#report({ ...datesOf(range), ...filter, group_by: ['date', 'project'] }),
				this.#report({ ...datesOf(yearOf(range)), ...filter, group_by: ['date'] })
			]);
			if (asked !== this.#asked) return;
			this.parts = { choices, range, table, days, year };
			this.error = null;
		} catch (error) {
			if (asked !== this.#asked) return;
			this.error = error;
			this.parts = null;
		}
		this.stale = false;
	}

	/** For names and for the filter; members see nobody else. */
	async loadMembers(): Promise<void> {
		if (session.atLeast('manager')) this.members = await organisation.members();
	}

	/** An entry changed: everything is asked anew. */
	forget(): void {
		this.#answers.clear();
	}

	#report(query: ReportQuery): Promise<Report> {
		const key = JSON.stringify(query);
		const known = this.#answers.get(key);
		if (known) return known;
		const answer = timesheets.report(query);
		this.#answers.set(key, answer);
		answer.catch(() => this.#answers.delete(key));
		return answer;
	}
}

/** Whose time of what; the same for the reports and the exports. */
export function filterOf({
	project,
	client,
	member
}: Choices): Omit<ReportQuery, 'group_by' | 'start_date' | 'end_date'> {
	const filter: Omit<ReportQuery, 'group_by' | 'start_date' | 'end_date'> = {};
	if (project) filter.project_id = project;
	if (client) filter.client_id = client;
	if (session.atLeast('manager')) filter.member_id = member || 'all';
	return filter;
}

export function datesOf({ from, to }: Range): { start_date: string; end_date: string } {
	return { start_date: from, end_date: to };
}
