import type { Project } from '#lib/api/index.ts';

export type Choice =
	{ kind: 'none' } | { kind: 'project'; project: Project } | { kind: 'create'; name: string };

/** What a picker offers for `query`: matching projects, "no project" while nothing is typed, and a new one last. */
export function choicesFor(
	active: Project[],
	clientName: (clientId: string | null) => string,
	query: string,
	mayCreate: boolean
): Choice[] {
	const wanted = folded(query.trim());
	const found = active.filter((project) =>
		folded(`${project.name} ${clientName(project.client_id)}`).includes(wanted)
	);
	const choices: Choice[] = found.map((project) => ({ kind: 'project', project }));
	if (wanted === '') return [{ kind: 'none' }, ...choices];
	const exists = active.some((project) => folded(project.name) === wanted);
	return mayCreate && !exists ? [...choices, { kind: 'create', name: query.trim() }] : choices;
}

function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
