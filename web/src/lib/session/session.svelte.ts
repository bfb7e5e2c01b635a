import {
	auth,
	onSignedOut,
	RefusedError,
	UnreachableError,
	type DurationFormat,
	type Me,
	type Role,
	type SignUp
} from '#lib/api/index.ts';
import { language } from '#lib/i18n/index.ts';
import { deviceTimeZone } from '#lib/time/civil.ts';

const STORED_ME = 'vibesheets.me';
const RANK: Record<Role, number> = { member: 0, manager: 1, admin: 2, owner: 3 };

/**
 * Who is signed in. `unknown` until the server has answered; `signed_in` also while the server cannot be reached but
 * someone was signed in on this device before, so that clocking works offline.
 */
class SessionState {
	me = $state.raw<Me | null>(null);
	state = $state<'unknown' | 'signed_in' | 'signed_out' | 'unreachable'>('unknown');

	get timeZone(): string {
		return this.me?.member.time_zone ?? deviceTimeZone();
	}
	get durationFormat(): DurationFormat {
		return this.me?.member.duration_format ?? 'clock';
	}
	/** Whether the member's role is `role` or above it. */
	atLeast(role: Role): boolean {
		return this.me !== null && RANK[this.me.member.role] >= RANK[role];
	}

	/** Asks the server who is signed in. */
	async load(): Promise<void> {
		try {
			await this.accept(await auth.me());
		} catch (error) {
			if (error instanceof RefusedError && error.status === 401) this.forget();
			else this.#recall(error);
		}
	}

	/** Takes what the server says about the member, in their language. */
	async accept(me: Me): Promise<void> {
		await language.use(me.member.locale);
		this.me = me;
		this.state = 'signed_in';
		localStorage.setItem(STORED_ME, JSON.stringify(me));
	}

	/** Whether no other tab has signed someone else in: tabs share the session, and its cookie cannot be read. */
	isStill(memberId: string): boolean {
		const stored = localStorage.getItem(STORED_ME);
		return this.state === 'signed_in' && stored !== null && (JSON.parse(stored) as Me).member.id === memberId;
	}

	async signIn(email: string, password: string): Promise<void> {
		// From here until the server has said who it is, no tab takes the session for its own.
		localStorage.removeItem(STORED_ME);
		await auth.signIn(email, password);
		await this.accept(await auth.me());
	}

	/** As `signIn`, with a new account. */
	async signUp(account: SignUp): Promise<void> {
		localStorage.removeItem(STORED_ME);
		await this.accept(await auth.signUp(account));
	}

	/** Follows what another tab did: someone else may be signed in now, or nobody. */
	follow(event: StorageEvent): void {
		if (event.key !== STORED_ME || event.newValue === null) return;
		if (!this.me || !this.isStill(this.me.member.id)) void this.load();
	}

	/** Ends the session on the server; `forget` follows once the page has been left. */
	async signOut(): Promise<void> {
		await auth.signOut();
		localStorage.removeItem(STORED_ME);
	}

	/** The session is over. What the clock still holds for this member stays on the device. */
	forget(): void {
		this.me = null;
		this.state = 'signed_out';
	}

	#recall(error: unknown): void {
		const stored = localStorage.getItem(STORED_ME);
		if (this.me === null && stored) this.me = JSON.parse(stored) as Me;
		this.state = this.me ? 'signed_in' : 'unreachable';
		const expected = error instanceof UnreachableError || error instanceof RefusedError;
		if (!expected) throw error;
	}
}

export const session = new SessionState();
onSignedOut(() => {
	if (session.state === 'signed_in') session.forget();
});
