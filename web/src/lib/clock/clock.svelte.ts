import {
	clock as api,
	RefusedError,
	UnreachableError,
	type ClockAction,
	type ClockCommand,
	type Status
} from '#lib/api/index.ts';
import { session } from '#lib/session/session.svelte.ts';
import { deviceMilliseconds, instantIn, weekStart } from '#lib/time/civil.ts';
import type { ClockQueue, KeptCommand, Stop } from './queue.ts';
import { afterCommands, asOf, emptyStatus } from './status.ts';

const STORED_STATUS = 'vibesheets.status';
const POLL_MILLISECONDS = 15_000;
/** A device this close to the server's time is taken at its word. */
const TOLERATED_SKEW_MILLISECONDS = 2_000;

export type Connection = 'online' | 'offline' | 'behind';
export type ClockDetails = Omit<ClockCommand, 'action' | 'at'>;

/** The member's clock: what the server said last, what still waits on the device, and the time that runs. */
class Clock {
	/** The server's last word; null until there is one. */
	#base = $state.raw<Status | null>(null);
	#kept = $state.raw<KeptCommand[]>([]);
	#now = $state(0);
	#skewMilliseconds = 0;
	#etag: string | null = null;
	/** How many words of the server were taken: one that was asked for before the latest is out of date. */
	#words = 0;
	#queue: Promise<ClockQueue> | null = null;
	#channel: BroadcastChannel | null = null;
	#retry: ReturnType<typeof setTimeout> | undefined;

	connection = $state<Connection>('online');
	/** Goes up whenever entries may have changed, so that pages know to ask again. */
	revision = $state(0);

	readonly waiting = $derived(this.#kept.filter((command) => !command.refused));
	/** Commands that the server refused and the member has not yet seen. */
	readonly refused = $derived(this.#kept.filter((command) => command.refused));
	/** What is true as far as anyone can tell: the server's word and what waits, at this second. */
	readonly status = $derived.by(() => this.#statusNow());
	readonly ready = $derived(this.#base !== null);

	/** Begins to follow the clock of the member who is signed in; returns the way to stop. */
	start(): () => void {
		this.#now = deviceMilliseconds();
		this.#base = recalled(session.me?.member.id);
		this.#channel = new BroadcastChannel('vibesheets.clock');
		this.#channel.onmessage = () => void this.#reloadKept().then(() => this.poll());
		const second = setInterval(() => (this.#now = deviceMilliseconds()), 1000);
		const poll = setInterval(() => document.visibilityState === 'visible' && this.poll(), POLL_MILLISECONDS);
		const wake = () => void this.#wake();
		addEventListener('online', wake);
		addEventListener('offline', wake);
		document.addEventListener('visibilitychange', wake);
		wake();
		return () => {
			clearInterval(second);
			clearInterval(poll);
			clearTimeout(this.#retry);
			removeEventListener('online', wake);
			removeEventListener('offline', wake);
			document.removeEventListener('visibilitychange', wake);
			this.#channel?.close();
			this.#base = null;
			this.#kept = [];
			this.#etag = null;
			this.#words += 1;
		};
	}

	/** One press of the clock: kept on the device first, shown at once, then sent. */
	async punch(action: ClockAction, details: ClockDetails = {}): Promise<void> {
		const member = session.me?.member;
		if (!member) return;
		const at = instantIn(member.time_zone, this.#serverMilliseconds());
		const queue = await this.#openQueue();
		await queue.add(member.id, { action, ...details, at });
		await this.#reloadKept();
		this.#channel?.postMessage('kept');
		// Kept is enough for the next press: it need not wait for a slow server.
		void this.drain();
	}

	/** Sends what waits; what cannot be sent now stays. */
	async drain(): Promise<void> {
		const memberId = session.me?.member.id;
		if (!memberId) return;
		clearTimeout(this.#retry);
		const { answers, refused, stop } = await (await this.#openQueue()).drain(memberId);
		const last = answers.at(-1);
		if (last) this.#take(last.status, null);
		await this.#reloadKept();
		this.#heed(stop);
		if (answers.length + refused.length > 0) {
			this.revision += 1;
			this.#channel?.postMessage('answered');
		}
		if (refused.length > 0) await this.poll();
	}

	async dismiss(command: KeptCommand): Promise<void> {
		await (await this.#openQueue()).dismiss(command.sequence);
		await this.#reloadKept();
		this.#channel?.postMessage('dismissed');
	}

	/** Asks the server how the clock stands. */
	async poll(): Promise<void> {
		if (session.state !== 'signed_in') return;
		const words = this.#words;
		try {
			const { status, etag } = await api.status(this.#etag);
			this.connection = 'online';
			// A command may have been answered meanwhile, and this be how the clock stood before it.
			if (status && words !== this.#words) return await this.poll();
			if (status) this.#take(status, etag);
			if (this.waiting.length > 0) await this.drain();
		} catch (error) {
			this.#fail(error);
		}
	}

	/** Asks again at once, because an entry was changed on this page. */
	async changed(): Promise<void> {
		this.#etag = null;
		this.revision += 1;
		await this.poll();
	}

	/** What this device remembers of the status goes with the member; what waits to be sent stays. */
	forget(): void {
		localStorage.removeItem(STORED_STATUS);
	}

	#statusNow(): Status | null {
		if (!this.#base || !session.me) return null;
		const commands = this.waiting.map((command) => command.body);
		const status = afterCommands(this.#base, commands, session.timeZone);
		const now = Math.floor((this.#now + this.#skewMilliseconds) / 1000);
		return asOf(status, now, instantIn('UTC', now * 1000));
	}

	#take(status: Status, etag: string | null): void {
		this.#words += 1;
		const before = this.#base;
		const skew = Temporal.Instant.from(status.server_time).epochMilliseconds - deviceMilliseconds();
		this.#skewMilliseconds = Math.abs(skew) < TOLERATED_SKEW_MILLISECONDS ? 0 : skew;
		this.#now = deviceMilliseconds();
		this.#base = status;
		this.#etag = etag;
		const memberId = session.me?.member.id;
		if (memberId) localStorage.setItem(STORED_STATUS, JSON.stringify({ memberId, status }));
		const moved = before?.entry?.id !== status.entry?.id || before?.entry?.version !== status.entry?.version;
		if (before && (moved || before.today !== status.today)) this.revision += 1;
	}

	#fail(error: unknown): void {
		if (error instanceof UnreachableError) this.connection = 'offline';
		else if (error instanceof RefusedError && error.status >= 500) this.connection = 'behind';
		else if (!(error instanceof RefusedError)) throw error;
		// Without any word from the server the clock still works, from nothing.
		if (!this.#base && session.me) this.#base = this.#fromNothing();
	}

	#heed(stop: Stop | null): void {
		if (stop === null || stop.why === 'signed_out') return;
		this.connection = stop.why === 'unreachable' ? 'offline' : 'behind';
		const seconds = stop.why === 'busy' ? (stop.retryAfterSeconds ?? 5) : 5;
		this.#retry = setTimeout(() => void this.drain(), Math.max(1, seconds) * 1000);
	}

	async #wake(): Promise<void> {
		if (!navigator.onLine) this.connection = 'offline';
		await this.#reloadKept();
		if (document.visibilityState === 'visible') await this.poll();
	}

	async #reloadKept(): Promise<void> {
		const memberId = session.me?.member.id;
		this.#kept = memberId ? await (await this.#openQueue()).list(memberId) : [];
	}

	// Loaded when first needed: the page draws before the queue's database is open.
	#openQueue(): Promise<ClockQueue> {
		this.#queue ??= import('./queue.ts').then(
			({ ClockQueue }) => new ClockQueue(api.send, (memberId) => session.isStill(memberId))
		);
		return this.#queue;
	}

	#serverMilliseconds(): number {
		return deviceMilliseconds() + this.#skewMilliseconds;
	}

	#fromNothing(): Status {
		const at = instantIn(session.timeZone, deviceMilliseconds());
		const today = at.slice(0, 10);
		return emptyStatus(today, weekStart(today, session.me?.organisation.first_day_of_week ?? 1), at);
	}
}

/** The status that this device saw last, where it was this member's. */
function recalled(memberId: string | undefined): Status | null {
	const stored = localStorage.getItem(STORED_STATUS);
	if (!stored) return null;
	const { memberId: owner, status } = JSON.parse(stored) as { memberId: string; status: Status };
	return owner === memberId ? status : null;
}

export const clock = new Clock();
