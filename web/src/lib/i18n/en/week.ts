export const week = {
	'week.title': 'Week'
} as const;
