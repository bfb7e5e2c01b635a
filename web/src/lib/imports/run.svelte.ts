import {
	imports,
	type DateOrder,
	type ImportOptions,
	type ImportReport,
	type OverlapRule
} from '#lib/api/index.ts';
import { fileFault, type FileFault } from './faults.ts';
import { take, type ChosenFile, type Unusable } from './file.ts';

/** `ready` also where the file turned out not to be usable: then `fault`, `unusable` or `failure` says why. */
export type Stage = 'idle' | 'reading' | 'ready' | 'importing' | 'done';

/** One file on its way in: chosen, tried without changing anything, and brought in when the member says so. */
export class ImportRun {
	stage = $state<Stage>('idle');
	file = $state.raw<ChosenFile | null>(null);
	timeZone = $state('UTC');
	dateOrder = $state<DateOrder>('auto');
	overlaps = $state<OverlapRule>('refuse');
	/** Whether the file made it necessary to name the order of its dates. */
	asksForDateOrder = $state(false);
	report = $state.raw<ImportReport | null>(null);
	/** Why the file cannot be read. */
	fault = $state.raw<FileFault | null>(null);
	/** Why the file was not even sent. */
	unusable = $state<Unusable | null>(null);
	/** What else went wrong: no connection, no right. */
	failure = $state.raw<unknown>(null);
	#trying: AbortController | null = null;

	constructor(timeZone: string) {
		this.timeZone = timeZone;
	}

	/** Takes a file and tries it. What was said about dates and overlaps of another one does not hold for it. */
	async choose(file: File): Promise<void> {
		this.#clear();
		this.stage = 'reading';
		this.dateOrder = 'auto';
		this.overlaps = 'refuse';
		this.asksForDateOrder = false;
		const taken = await take(file);
		if (typeof taken === 'string') {
			this.unusable = taken;
			this.stage = 'idle';
			return;
		}
		this.file = taken;
		await this.try();
	}

	/** Changes how the file is to be read, and tries it again. */
	async change(
		options: Partial<Pick<ImportOptions, 'time_zone' | 'date_order' | 'overlaps'>>
	): Promise<void> {
		this.timeZone = options.time_zone ?? this.timeZone;
		this.dateOrder = options.date_order ?? this.dateOrder;
		this.overlaps = options.overlaps ?? this.overlaps;
		if (this.file && this.stage !== 'importing' && this.stage !== 'done') await this.try();
	}

	/** The dry run. What the last one said stays on the page until this one has an answer. */
	async try(): Promise<void> {
		this.#trying?.abort();
		const trying = (this.#trying = new AbortController());
		this.stage = 'reading';
		this.failure = null;
		try {
			const report = await this.#send(true, trying.signal);
			if (trying.signal.aborted) return;
			this.report = report;
			this.fault = null;
		} catch (error) {
			if (trying.signal.aborted) return;
			this.report = null;
			this.#fail(error);
		}
		this.stage = 'ready';
	}

	/** Brings the file in. Returns what came in; null where it failed, which the page then shows. */
	async import(): Promise<ImportReport | null> {
		this.stage = 'importing';
		this.failure = null;
		try {
			this.report = await this.#send(false);
			this.stage = 'done';
			return this.report;
		} catch (error) {
			this.#fail(error);
			this.stage = 'ready';
			return null;
		}
	}

	/** Back to the beginning, ready for another file. */
	reset(): void {
		this.#clear();
		this.stage = 'idle';
	}

	async #send(dryRun: boolean, signal?: AbortSignal): Promise<ImportReport> {
		if (!this.file) throw new Error('no file was chosen');
		const options: ImportOptions = {
			dry_run: dryRun,
			source: 'auto',
			time_zone: this.timeZone,
			date_order: this.dateOrder,
			overlaps: this.overlaps,
			file_name: this.file.name
		};
		return imports.run(this.file.content, options, signal);
	}

	#fail(error: unknown): void {
		this.fault = fileFault(error);
		if (!this.fault) this.failure = error;
		if (this.fault?.asksForDateOrder) this.asksForDateOrder = true;
	}

	#clear(): void {
		this.#trying?.abort();
		this.file = null;
		this.report = null;
		this.fault = null;
		this.unusable = null;
		this.failure = null;
	}
}
