import type { clock as english } from '../en/clock.ts';
import type { Translation } from '../message.ts';

export const clock: Translation<typeof english> = {
	'clock.in': 'Einstempeln',
	'clock.out': 'Ausstempeln',
	'clock.switch': 'Projekt wechseln',
	'clock.running': 'Eingestempelt',
	'clock.idle': 'Ausgestempelt',
	'clock.since': 'seit {time}',
	'clock.since_day': 'seit {day}, {time}',
	'clock.today': 'Heute',
	'clock.this_week': 'Diese Woche',
	'clock.clocked_in_at': 'Um {time} eingestempelt.',
	'clock.clocked_out_at': 'Um {time} ausgestempelt.',
	'clock.switched_at': 'Um {time} das Projekt gewechselt.',
	'clock.kept': {
		one: '{count} Stempelung liegt auf diesem Gerät und wird gesendet, sobald es geht.',
		other: '{count} Stempelungen liegen auf diesem Gerät und werden gesendet, sobald es geht.'
	},
	'clock.refused_in': 'Ihr Einstempeln um {time} wurde nicht angenommen.',
	'clock.refused_out': 'Ihr Ausstempeln um {time} wurde nicht angenommen.',
	'clock.refused_switch': 'Ihr Projektwechsel um {time} wurde nicht angenommen.',
	'clock.refused_advice': 'Prüfen Sie die Einträge dieses Tages und ergänzen Sie, was fehlt.',
	'clock.refused_show': 'Diesen Tag zeigen',
	'clock.refused_done': 'Erledigt',
	'clock.project': 'Projekt',
	'clock.no_project': 'Kein Projekt',
	'clock.note': 'Notiz',
	'clock.note_hint': 'Woran arbeiten Sie?',
	'clock.title_running': '{elapsed} · {project}',
	'clock.title_running_plain': '{elapsed} · Eingestempelt'
};
