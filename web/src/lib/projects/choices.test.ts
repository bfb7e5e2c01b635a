import { expect, test } from 'vitest';
import type { Project } from '#lib/api/index.ts';
import { choicesFor } from './choices.ts';

const project = (id: string, name: string, client_id: string | null = null) =>
	({ id, name, client_id }) as Project;
const active = [project('1', 'Café Über'), project('2', 'Support', 'acme')];
const clientName = (id: string | null) => (id === 'acme' ? 'Acme' : '');
const offered = (query: string, mayCreate = true) =>
	choicesFor(active, clientName, query, mayCreate).map((choice) =>
		choice.kind === 'project' ? choice.project.id : choice.kind
	);

test('nothing typed offers no project and all projects', () => {
	expect(offered('')).toEqual(['none', '1', '2']);
});

test('accents and case do not matter, and a client is found too', () => {
	expect(offered('cafe uber')).toEqual(['1']);
	expect(offered('ACME', false)).toEqual(['2']);
});

test('a name that no project has can be made by those who may', () => {
	expect(offered('Sup')).toEqual(['2', 'create']);
	expect(offered('support')).toEqual(['2']);
	expect(offered('Sales', false)).toEqual([]);
});
