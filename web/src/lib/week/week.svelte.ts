import { SvelteSet } from 'svelte/reactivity';
import { timesheets, type Entry } from '#lib/api/index.ts';
import { sentenceFor } from '#lib/api/errors.ts';
import { clock } from '#lib/clock/clock.svelte.ts';
import { OwnTimesheet } from '#lib/entries/timesheet.svelte.ts';
import { t } from '#lib/i18n/index.ts';
import { session } from '#lib/session/session.svelte.ts';
import { toasts } from '#lib/shell/toasts.svelte.ts';
import { addDays } from '#lib/time/civil.ts';
import { copyWeekLater, type Copied } from './copying.ts';
import { keyOf, type Cell } from './grid.ts';
import { planFor, type Plan } from './plan.ts';
import { lengthOf, provisional, provisionalId } from './provisional.ts';
import { whySentence } from './why.ts';

/** What was typed and not taken: it stays in its cell until it is mended or taken back. */
export interface Draft {
	text: string;
	fault: string;
}

interface Step {
	what: string;
	takeBack: () => Promise<void>;
}

/** One member's week as it is edited. Changes are shown at once and sent one after the other, in the order typed. */
export class EditedWeek {
	readonly sheet = new OwnTimesheet();
	drafts = $state.raw<ReadonlyMap<string, Draft>>(new Map());
	/** What can be taken back, the latest last. */
	steps = $state.raw<Step[]>([]);
	/** How far copying has come; null while nothing is copied. */
	copying = $state.raw<{ done: number; all: number } | null>(null);
	/** The clock's revision that the page has seen: only later ones are news. */
	seenRevision = -1;
	readonly #saving = new SvelteSet<string>();
	/** What is shown already and not answered yet. */
	readonly #onTheirWay = new Set<Plan>();
	/** The version that this page saw last of what it made or changed, also of weeks that it no longer shows. */
	readonly #versions = new Map<string, number>();
	#queue: Promise<unknown> = Promise.resolve();
	#start = '';

	get entries(): Entry[] {
		return this.sheet.timesheet?.entries ?? [];
	}

	/** Loads the week that begins on `start`, with the day before it for a night that reaches in. */
	load(start: string): Promise<void> {
		if (start !== this.#start) this.drafts = new Map();
		this.#start = start;
		this.seenRevision = clock.revision;
		return this.#inTurn(async () => {
			if (start !== this.#start) return;
			await this.sheet.load(addDays(start, -1), addDays(start, 6));
			for (const plan of this.#onTheirWay) this.#showAlready(plan);
		});
	}

	/** Takes what was typed into a cell. Returns what it asked for, so that the page can ask back. */
	type(cell: Cell, text: string, what: string): Plan['kind'] {
		const key = keyOf(cell);
		const plan = planFor(text, cell, this.entries, session.timeZone);
		if (plan.kind === 'refused') this.#draft(key, { text, fault: whySentence(plan.why) });
		else this.#draft(key, null);
		if (plan.kind === 'refused' || plan.kind === 'nothing' || plan.kind === 'choose') return plan.kind;
		// What is still on its way has no version yet that the next change could be made on.
		if (this.#saving.has(key)) {
			this.#draft(key, { text, fault: t('week.still_saving') });
			return 'refused';
		}
		this.#saving.add(key);
		this.#onTheirWay.add(plan);
		const back = this.#showAlready(plan);
		void this.#inTurn(() => {
			this.#onTheirWay.delete(plan);
			return this.#send(plan, what);
		})
			.catch((error: unknown) => {
				back();
				this.#draft(key, { text, fault: sentenceFor(error) });
				toasts.failWith(t('week.refused', { what, sentence: sentenceFor(error) }));
			})
			.finally(() => this.#saving.delete(key));
		return plan.kind;
	}

	isSaving(cell: Cell): boolean {
		return this.#saving.has(keyOf(cell));
	}

	forgetDraft(cell: Cell): void {
		this.#draft(keyOf(cell), null);
	}

	/** Takes a change back: the latest, unless another is named. */
	async undo(step = this.steps.at(-1)): Promise<void> {
		if (!step || !this.steps.includes(step)) return;
		this.steps = this.steps.filter((other) => other !== step);
		try {
			await this.#inTurn(step.takeBack);
			toasts.say(t('week.undone', { what: step.what }));
		} catch (error) {
			toasts.failWith(t('week.refused', { what: step.what, sentence: sentenceFor(error) }));
		}
		this.#changed();
	}

	/** Copies the week before into this one. */
	async copyLastWeek(): Promise<Copied> {
		const start = this.#start;
		this.copying = { done: 0, all: 0 };
		try {
			return await this.#inTurn(() => this.#copyInto(start));
		} finally {
			this.copying = null;
		}
	}

	async #copyInto(start: string): Promise<Copied> {
		const before = await timesheets.whole({ start_date: addDays(start, -7), end_date: addDays(start, -1) });
		const copied = await copyWeekLater(before.entries, {
			create: timesheets.create,
			wait: (seconds) => new Promise((done) => setTimeout(done, seconds * 1000)),
			progress: (done, all) => (this.copying = { done, all })
		});
		copied.made.forEach((entry) => this.#put(entry));
		if (copied.made.length > 0) {
			const step = this.#remember(t('week.copy'), async () => {
				for (const entry of copied.made) await this.#remove(entry.id);
			});
			toasts.undoable(t('week.copied', { count: copied.made.length }), () => this.undo(step));
		}
		this.#changed();
		return copied;
	}

	async #send(plan: Plan, what: string): Promise<void> {
		switch (plan.kind) {
			case 'create': {
				const made = await timesheets.create(plan.body);
				this.sheet.drop(provisionalId(plan.body));
				this.#put(made);
				this.#remember(what, () => this.#remove(made.id));
				break;
			}
			case 'replace':
				this.#put(await timesheets.replace(plan.entry, plan.body));
				this.#remember(what, () => this.#putBack(plan.entry));
				break;
			case 'remove': {
				await timesheets.remove(plan.entry);
				const { id } = plan.entry;
				const step = this.#remember(what, async () => this.#put(await timesheets.restore(id)));
				toasts.undoable(t('entries.deleted'), () => this.undo(step));
				break;
			}
		}
		this.#changed();
	}

	/** Shows what the server will most likely say; returns the way back for when it says something else. */
	#showAlready(plan: Plan): () => void {
		switch (plan.kind) {
			case 'create':
				this.sheet.put(provisional(plan.body, session.me?.member.id ?? '', session.timeZone));
				return () => this.sheet.drop(provisionalId(plan.body));
			case 'replace': {
				const seconds = lengthOf(plan.body);
				this.sheet.put({ ...plan.entry, ...plan.body, seconds } as Entry);
				return () => this.sheet.put(plan.entry);
			}
			case 'remove':
				this.sheet.drop(plan.entry.id);
				return () => this.sheet.put(plan.entry);
			default:
				return () => undefined;
		}
	}

	async #remove(id: string): Promise<void> {
		await timesheets.remove(this.#current(id));
		this.sheet.drop(id);
	}

	async #putBack(before: Entry): Promise<void> {
		this.#put(await timesheets.replace(this.#current(before.id), timesheets.fieldsOf(before)));
	}

	#put(entry: Entry): void {
		this.#versions.set(entry.id, entry.version);
		this.sheet.put(entry);
	}

	#current(id: string): Pick<Entry, 'id' | 'version'> {
		const shown = this.entries.find((entry) => entry.id === id);
		return shown ?? { id, version: this.#versions.get(id) ?? 0 };
	}

	#remember(what: string, takeBack: () => Promise<void>): Step {
		const step = { what, takeBack };
		this.steps = [...this.steps, step];
		return step;
	}

	#draft(key: string, draft: Draft | null): void {
		const drafts = new Map(this.drafts);
		if (draft) drafts.set(key, draft);
		else drafts.delete(key);
		this.drafts = drafts;
	}

	/** The clock shows the week's hours too; this page already shows the change. */
	#changed(): void {
		void clock.changed();
		this.seenRevision = clock.revision;
	}

	#inTurn<T>(task: () => Promise<T>): Promise<T> {
		const turn = this.#queue.then(task, task);
		this.#queue = turn.catch(() => undefined);
		return turn;
	}
}
