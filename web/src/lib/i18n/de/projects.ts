import type { projects as english } from '../en/projects.ts';
import type { Translation } from '../message.ts';

export const projects: Translation<typeof english> = {
	'projects.title': 'Projekte'
};
