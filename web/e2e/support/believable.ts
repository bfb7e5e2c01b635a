import type { Project } from '../../src/lib/api/types.ts';
import { todayIn } from './clock.ts';
import type { Person, Team } from './people.ts';

/** `long` is the variant whose names barely fit anywhere. */
export type Wording = 'usual' | 'long';

const LONG_PERSON = 'Maximiliane Freifrau von Hohenstein-Waldburg und Zeil-Trauch';
const LONG_PROJECT = 'Renovation of the historical east wing, phase two: plastering';

/** A team of a facility service with two months of its owner's history and an open entry since this morning. */
export async function populate(team: Team, wording: Wording): Promise<{ entryId: string }> {
	const { owner } = team;
	if (wording === 'long') await owner.call('PATCH', '/me', { name: LONG_PERSON });
	const projects = await offer(owner, wording);
	const [leyla, tom] = [await team.add('manager', 'Leyla Yıldız'), await team.add('member', 'Tom Okafor')];
	await team.invite(
		'member',
		wording === 'long' ? LONG_PERSON : 'Piotr Zieliński',
		team.account('Piotr').email
	);
	await owner.call('POST', '/members', { name: 'Sophie Dubois', role: 'member' });

	const today = todayIn(team.timeZone);
	const entryId = await worked(owner, projects, daysBefore(today, 62));
	await worked(leyla, projects.slice(1), daysBefore(today, 20));
	await worked(tom, projects.slice(2), daysBefore(today, 20));
	await owner.entry(today, '7:05', '8:10', { project_id: projects[4]!.id, note: 'Planning of the week' });
	await owner.entry(today, '8:10', '9:41', { project_id: projects[0]!.id, note: 'Lift 4: door sensor' });
	await tom.clock('in', { project_id: projects[2]!.id, at: minutesAgo(47) });
	await owner.clock('in', { project_id: projects[1]!.id, note: 'Report, chapter 3', at: minutesAgo(74) });
	return { entryId };
}

async function offer(owner: Person, wording: Wording): Promise<Project[]> {
	const clients: string[] = [];
	for (const name of ['Stadtwerke Linz', 'Messe Wien', 'Klinikum Nord'])
		clients.push((await owner.call<{ id: string }>('POST', '/clients', { name })).id);
	for (const name of ['on-site', 'on-call', 'travel']) await owner.call('POST', '/tags', { name });
	const first = wording === 'long' ? LONG_PROJECT : 'Lift maintenance';
	return [
		await owner.project(first, { client_id: clients[0], color: 9, billable: true }),
		await owner.project('Energy audit', { client_id: clients[1], color: 6, billable: true }),
		await owner.project('Control room', { client_id: clients[2], color: 2, billable: true }),
		await owner.project('Website relaunch', { color: 11 }),
		await owner.project('Office', { color: 4 })
	];
}

/** Working days of two or three entries each, in a pattern that no two weeks share; gives one entry's id. */
async function worked(person: Person, projects: Project[], dates: string[]): Promise<string> {
	const notes = ['Annual inspection', '', 'Meters read in hall A', 'Texts for the services page', 'Mail'];
	let id = '';
	for (const [index, date] of dates.entries()) {
		const pick = <T>(list: T[], step: number) => list[(index * 3 + step) % list.length]!;
		const fields = (step: number) => ({
			project_id: pick(projects, step).id,
			note: pick(notes, step),
			tags: (index + step) % 4 === 0 ? ['on-site'] : []
		});
		const minute = String((index * 7) % 30).padStart(2, '0');
		const entry = await person.entry(date, `8:${minute}`, `11:${minute}`, fields(0));
		await person.entry(date, `12:${minute}`, `15:${pick(['15', '40', '55'], 1)}`, fields(1));
		if (index % 3 !== 1) await person.entry(date, '16:00', `17:${minute}`, fields(2));
		id = entry.id;
	}
	return id;
}

/** The working days among the `count` days before `today`, oldest first. */
export function daysBefore(today: string, count: number): string[] {
	const noon = Date.parse(`${today}T12:00:00Z`);
	return Array.from({ length: count }, (_, index) => new Date(noon - (count - index) * 86_400_000))
		.filter((day) => day.getUTCDay() % 6 !== 0)
		.map((day) => day.toISOString().slice(0, 10));
}

function minutesAgo(minutes: number): string {
	return new Date(Date.now() - minutes * 60_000).toISOString();
}
