import type { entries as english } from '../en/entries.ts';
import type { Translation } from '../message.ts';

export const entries: Translation<typeof english> = {
	'entries.start': 'Beginn',
	'entries.end': 'Ende',
	'entries.duration': 'Dauer',
	'entries.project': 'Projekt',
	'entries.note': 'Notiz',
	'entries.note_hint': 'Notiz hinzufügen',
	'entries.running': 'läuft',
	'entries.next_day': 'endet am {day}',
	'entries.tags': 'Stichwörter: {tags}',
	'entries.imported': 'importiert',
	'entries.delete': 'Löschen',
	'entries.delete_named': 'Eintrag von {start} bis {end} löschen',
	'entries.history': 'Verlauf',
	'entries.history_named': 'Verlauf des Eintrags von {start} bis {end}',
	'entries.deleted': 'Eintrag gelöscht.',
	'entries.restored': 'Der Eintrag ist wieder da.',
	'entries.add': 'Eintrag hinzufügen',
	'entries.added': 'Eintrag hinzugefügt.',
	'entries.add_confirm': 'Hinzufügen',
	'entries.time_hint': 'Eine Uhrzeit wie 9:30',
	'entries.bad_time': 'Schreiben Sie eine Uhrzeit wie 9:30.',
	'entries.bad_end': 'Das Ende muss nach dem Beginn liegen.',
	'entries.bad_duration': 'Schreiben Sie eine Dauer wie 1:30, 1,5 oder 90m, höchstens 24 Stunden.',
	'entries.skipped_time': 'Die Uhr überspringt {time} an diesem Tag. Wählen Sie eine andere Zeit.',
	'entries.label': 'Eintrag von {start} bis {end}, {duration}',
	'entries.label_open': 'Laufender Eintrag seit {start}'
};
