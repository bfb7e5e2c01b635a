import type { history as english } from '../en/history.ts';
import type { Translation } from '../message.ts';

export const history: Translation<typeof english> = {
	'history.title': 'Verlauf'
};
