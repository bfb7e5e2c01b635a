import type { picker as english } from '../en/picker.ts';
import type { Translation } from '../message.ts';

export const picker: Translation<typeof english> = {
	'picker.search': 'Projekt suchen',
	'picker.nothing': 'Kein Projekt heißt so.',
	'picker.create_named': '„{name}“ anlegen'
};
