import { expect, type APIRequest, type APIRequestContext, type BrowserContext } from '@playwright/test';
import type { Entry, Me, MemberAdded, Project, Role } from '../../src/lib/api/types.ts';
import type { Server } from './server.ts';

export const PASSWORD = 'correct horse battery';

type Body = Record<string, unknown>;

/** Someone with an account, who can call the API and hand their session to a browser. */
export class Person {
	private constructor(
		readonly server: Server,
		readonly api: APIRequestContext,
		readonly me: Me
	) {}

	static async signUp(server: Server, request: APIRequest, account: Body): Promise<Person> {
		// A connection kept between two calls may be ended by the server just as the next one is sent on it.
		const extraHTTPHeaders = { origin: server.url, connection: 'close' };
		const api = await request.newContext({ baseURL: server.url, extraHTTPHeaders });
		const me = await call<Me>(api, 'POST', '/auth/signup', { password: PASSWORD, ...account });
		return new Person(server, api, me);
	}

	get email(): string {
		return this.me.account.email;
	}

	/** The browser is signed in as this person from its next request on. */
	async enter(browser: BrowserContext): Promise<void> {
		const { cookies } = await this.api.storageState();
		await browser.addCookies(cookies);
	}

	call<T>(method: string, path: string, data?: unknown, headers: Record<string, string> = {}): Promise<T> {
		return call<T>(this.api, method, path, data, headers);
	}

	clock(action: 'in' | 'out' | 'switch', details: Body = {}): Promise<{ entry: Entry }> {
		return this.call('POST', '/clock', { action, ...details });
	}

	project(name: string, fields: Body = {}): Promise<Project> {
		return this.call('POST', '/projects', { name, ...fields });
	}

	/** An entry of `date` between two times of day, such as `9:00` and `10:30`, in the person's own zone. */
	entry(date: string, start: string, end: string, fields: Body = {}): Promise<Entry> {
		const at = (time: string) => `${date}T${time.padStart(5, '0')}:00`;
		const time_zone = this.me.member.time_zone;
		return this.call('POST', '/timesheets', { start: at(start), end: at(end), time_zone, ...fields });
	}

	async entriesOn(date: string): Promise<Entry[]> {
		const path = `/timesheets?start_date=${date}&end_date=${date}`;
		return (await this.call<{ entries: Entry[] }>('GET', path)).entries;
	}
}

/** One organisation with its people: an owner at once, others as a test needs them. */
export class Team {
	static #numbers = 0;
	#number = Team.#numbers++;
	#people: Person[] = [];

	private constructor(
		readonly server: Server,
		readonly request: APIRequest,
		readonly timeZone: string
	) {}

	static async found(server: Server, request: APIRequest, timeZone: string): Promise<Team> {
		const team = new Team(server, request, timeZone);
		await team.#join({ ...team.account('Olga Ober'), organisation: 'Alpenlicht' });
		return team;
	}

	get owner(): Person {
		return this.#people[0]!;
	}

	/** A new colleague who has taken up their invitation. */
	async add(role: Role, name: string): Promise<Person> {
		const account = this.account(name);
		const invitation = (await this.invite(role, name, account.email)).split('#')[1]!;
		return this.#join({ ...account, invitation: decodeURIComponent(invitation) });
	}

	/** They can sign in no more; their time stays. */
	async archive({ me: { member } }: Person): Promise<void> {
		const ifMatch = { 'if-match': `"${member.version}"` };
		await this.owner.call('PATCH', `/members/${member.id}`, { archived: true }, ifMatch);
	}

	/** Archived, and then erased for ever. */
	async erase(person: Person): Promise<void> {
		await this.archive(person);
		await this.owner.call('POST', `/members/${person.me.member.id}/erasure`);
	}

	/** The link of an invitation that nobody has taken up. */
	async invite(role: Role, name: string, email: string): Promise<string> {
		const added = await this.owner.call<MemberAdded>('POST', '/members', { name, email, role });
		return added.invitation!.url;
	}

	/** What someone of that name signs up with; the address is used by no other test. */
	account(name: string) {
		const mailbox = name
			.toLowerCase()
			.replaceAll(/[^a-z]+/g, '.')
			.slice(0, 30);
		const email = `${mailbox}.${process.pid}.${this.#number}@e2e.example`;
		return { name, email, time_zone: this.timeZone, locale: 'en' };
	}

	async dispose(): Promise<void> {
		for (const person of this.#people) await person.api.dispose();
	}

	async #join(account: Body): Promise<Person> {
		const person = await Person.signUp(this.server, this.request, account);
		this.#people.push(person);
		return person;
	}
}

/** Calls the API and gives what it answers; a refusal fails the test with the server's own words. */
async function call<T>(
	api: APIRequestContext,
	method: string,
	path: string,
	data?: unknown,
	headers: Record<string, string> = {}
): Promise<T> {
	const answer = await api.fetch(`/api${path}`, { method, data, headers });
	const text = await answer.text();
	expect(answer.ok(), `${method} ${path}: ${answer.status()} ${text}`).toBe(true);
	return (text ? JSON.parse(text) : undefined) as T;
}
