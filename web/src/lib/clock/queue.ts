/**
 * The clock's commands on their way to the server: first in, first out, kept on the device until the server answers.
 *
 * A command is bound to the member who gave it and keeps its id and its time for every try, so that sending it twice
 * has one effect. It survives reloads, an ended session (401), limits (429), failures (5xx) and a few lost races (409
 * `conflict`). One that the server refuses stays, marked, until the member has seen it. Tabs take turns by a Web Lock.
 */
import { openDB, type DBSchema, type IDBPDatabase } from 'idb';
import { RefusedError, UnreachableError } from '#lib/api/request.ts';
import type { ClockAnswer, ClockCommand, Problem } from '#lib/api/types.ts';

export interface KeptCommand {
	/** Given by the database: the order of the queue. */
	sequence: number;
	/** The command's id, the same for every try. */
	key: string;
	member_id: string;
	body: ClockCommand & { at: string };
	/** What the server said when it refused; null while the command waits. */
	refused: Problem | null;
	/** How many tries lost a race; absent until one has. */
	races?: number;
}

export type Stop =
	{ why: 'unreachable' } | { why: 'signed_out' } | { why: 'busy'; retryAfterSeconds: number | null };

export interface Drained {
	answers: ClockAnswer[];
	refused: KeptCommand[];
	/** Why commands are left waiting; null when none are. */
	stop: Stop | null;
}

interface QueueSchema extends DBSchema {
	commands: {
		key: number;
		value: Omit<KeptCommand, 'sequence'> & { sequence?: number };
		indexes: { member: string };
	};
}

type Send = (body: ClockCommand, idempotencyKey: string) => Promise<ClockAnswer>;

const LOCK = 'vibesheets.clock';
/** A race is settled by trying again; what loses this often in a row is no race. */
const MOST_RACES = 5;

export class ClockQueue {
	#database: Promise<IDBPDatabase<QueueSchema>>;
	#send: Send;
	#mayStillSend: (memberId: string) => boolean;

	/** `mayStillSend` is asked before each try whether the browser's session is still this member's. */
	constructor(send: Send, mayStillSend: (memberId: string) => boolean, databaseName = 'vibesheets.clock') {
		this.#send = send;
		this.#mayStillSend = mayStillSend;
		this.#database = openDB<QueueSchema>(databaseName, 1, {
			upgrade(database) {
				const commands = database.createObjectStore('commands', { keyPath: 'sequence', autoIncrement: true });
				commands.createIndex('member', 'member_id');
			}
		});
	}

	/** Keeps a command; it is on the device when this resolves. */
	async add(memberId: string, body: ClockCommand & { at: string }, key = crypto.randomUUID()): Promise<void> {
		const database = await this.#database;
		const transaction = database.transaction('commands', 'readwrite', { durability: 'strict' });
		await transaction.store.add({ key, member_id: memberId, body, refused: null });
		await transaction.done;
	}

	/** The member's commands, oldest first. */
	async list(memberId: string): Promise<KeptCommand[]> {
		const database = await this.#database;
		const commands = (await database.getAllFromIndex('commands', 'member', memberId)) as KeptCommand[];
		return commands.sort((one, other) => one.sequence - other.sequence);
	}

	/** Lets go of a refused command that the member has seen. */
	async dismiss(sequence: number): Promise<void> {
		const database = await this.#database;
		const command = await database.get('commands', sequence);
		if (command?.refused) await database.delete('commands', sequence);
	}

	/** Sends what waits, oldest first, until nothing is left or something says wait. */
	async drain(memberId: string): Promise<Drained> {
		return navigator.locks.request(LOCK, () => this.#drainLocked(memberId));
	}

	async #drainLocked(memberId: string): Promise<Drained> {
		const drained: Drained = { answers: [], refused: [], stop: null };
		for (const command of await this.list(memberId)) {
			if (command.refused) continue;
			if (!this.#mayStillSend(memberId)) return { ...drained, stop: { why: 'signed_out' } };
			const outcome = await this.#try(command);
			if ('stop' in outcome) return { ...drained, stop: outcome.stop };
			if ('answer' in outcome) drained.answers.push(outcome.answer);
			else drained.refused.push(outcome.refused);
		}
		return drained;
	}

	async #try(
		command: KeptCommand
	): Promise<{ answer: ClockAnswer } | { refused: KeptCommand } | { stop: Stop }> {
		const database = await this.#database;
		try {
			const answer = await this.#send(command.body, command.key);
			await database.delete('commands', command.sequence);
			return { answer };
		} catch (error) {
			const stop = stopFor(error);
			if (stop) return { stop };
			if (!(error instanceof RefusedError)) throw error;
			const races = (command.races ?? 0) + Number(error.code === 'conflict');
			if (error.code === 'conflict' && races < MOST_RACES) {
				await database.put('commands', { ...command, races });
				return { stop: { why: 'busy', retryAfterSeconds: error.retryAfterSeconds } };
			}
			const refused = { ...command, races, refused: error.problem };
			await database.put('commands', refused);
			return { refused };
		}
	}
}

/** Failures that say nothing about the command itself: it waits. */
function stopFor(error: unknown): Stop | null {
	if (error instanceof UnreachableError) return { why: 'unreachable' };
	if (!(error instanceof RefusedError)) return null;
	const { status, retryAfterSeconds } = error;
	if (status === 401) return { why: 'signed_out' };
	const busy = status === 408 || status === 425 || status === 429 || status >= 500;
	return busy ? { why: 'busy', retryAfterSeconds } : null;
}
