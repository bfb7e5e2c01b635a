import type { week as english } from '../en/week.ts';
import type { Translation } from '../message.ts';

export const week: Translation<typeof english> = {
	'week.title': 'Woche'
};
