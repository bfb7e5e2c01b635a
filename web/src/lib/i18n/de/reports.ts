import type { reports as english } from '../en/reports.ts';
import type { Translation } from '../message.ts';

export const reports: Translation<typeof english> = {
	'reports.title': 'Berichte'
};
