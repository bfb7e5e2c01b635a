import type { imports as english } from '../en/imports.ts';
import type { Translation } from '../message.ts';

export const imports: Translation<typeof english> = {
	'imports.title': 'Import'
};
