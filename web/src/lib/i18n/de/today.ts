import type { today as english } from '../en/today.ts';
import type { Translation } from '../message.ts';

export const today: Translation<typeof english> = {
	'today.title': 'Heute',
	'today.day': 'Einträge vom {day}',
	'today.entries': 'Einträge',
	'today.empty': 'Hier stehen dann Ihre Einträge dieses Tages.',
	'today.empty_today':
		'Hier stehen dann Ihre Einträge von heute. Stempeln Sie ein, um den ersten zu beginnen.',
	'today.band': 'Der Tag in {hours} Stunden',
	'today.band_span': '{start} bis {end}, {project}, {duration}',
	'today.band_gap': 'Lücke von {duration}',
	'today.band_continues': 'geht nach Mitternacht weiter',
	'today.band_short': 'Die Uhr wird vorgestellt: Dieser Tag hat {hours} Stunden.',
	'today.band_long': 'Die Uhr wird zurückgestellt: Dieser Tag hat {hours} Stunden.',
	'today.week': 'Diese Woche',
	'today.week_of': 'Woche vom {day}',
	'today.target': 'Ziel {duration}',
	'today.week_day': '{day}: {duration}',
	'today.previous_day': 'Voriger Tag',
	'today.next_day': 'Nächster Tag',
	'today.back': 'Zurück zu heute'
};
