import type { week as english } from '../en/week.ts';
import type { Translation } from '../message.ts';

export const week: Translation<typeof english> = {
	'week.title': 'Woche',
	'week.previous': 'Vorige Woche',
	'week.next': 'Nächste Woche',
	'week.back': 'Zurück zu dieser Woche',
	'week.of_target': '{duration} von {target}',
	'week.copy': 'Vorwoche kopieren',
	'week.copying': 'Kopiert {done} von {all}',
	'week.copied': {
		one: '{count} Eintrag aus der Vorwoche kopiert.',
		other: '{count} Einträge aus der Vorwoche kopiert.'
	},
	'week.copy_empty': 'In der Vorwoche gibt es keine Einträge zum Kopieren.',
	'week.copy_refused_title': {
		one: '{count} Eintrag wurde nicht kopiert',
		other: '{count} Einträge wurden nicht kopiert'
	},
	'week.copy_refused_text':
		'Was schon in dieser Woche stand, ist unverändert. Ergänzen Sie von Hand, was fehlt.',
	'week.undo_named': 'Rückgängig: {what}',
	'week.undone': 'Zurückgenommen: {what}.',
	'week.nothing_to_undo': 'Nichts rückgängig zu machen',
	'week.project': 'Projekt',
	'week.total': 'Summe',
	'week.cell': '{project}, {day}',
	'week.entries_count': { one: '{count} Eintrag', other: '{count} Einträge' },
	'week.running': 'läuft',
	'week.add_row': 'Projekt hinzufügen',
	'week.remove_row': '{project} aus dem Raster nehmen',
	'week.hint':
		'Tippen Sie 1:30, 1,5, 90m oder 9-10:30. Pfeiltasten bewegen, Tab oder Enter speichert, Escape nimmt zurück.',
	'week.empty': 'Ihre Stunden dieser Woche werden hier stehen, nach Projekt und Tag.',
	'week.open_day': 'Einträge von {day}',
	'week.add_time': 'Zeit eintragen für {day}',
	'week.time': 'Zeit',
	'week.time_hint': 'Etwa 1:30, 1,5, 90m oder 9-10:30',
	'week.add': 'Eintragen',
	'week.nothing_typed':
		'Schreiben Sie, wie lange es dauerte, etwa 1:30, oder von wann bis wann, etwa 9-10:30.',
	'week.refused': '{what}: {sentence}',
	'week.still_saving':
		'Die letzte Änderung dieser Zelle wird noch gespeichert. Drücken Sie gleich noch einmal Enter.',
	'week.why_negative': 'Eine Dauer kann nicht negativ sein.',
	'week.why_too_long': 'Ein Eintrag eines Tages kann nicht länger als 24 Stunden dauern.',
	'week.why_out_of_range': 'Minuten gehen bis 59 und Stunden bis 24.',
	'week.why_ambiguous':
		'Das könnte zweierlei bedeuten. Schreiben Sie Minuten mit zwei Ziffern, etwa 1:05, und eine Spanne mit verschiedenen Enden.',
	'week.why_unreadable': 'Schreiben Sie eine Dauer wie 1:30, 1,5 oder 90m oder eine Spanne wie 9-10:30.',
	'week.why_skipped': 'Die Uhr überspringt eine dieser Zeiten an diesem Tag. Wählen Sie eine andere.',
	'week.why_repeated':
		'Die Uhr zeigt eine dieser Zeiten an diesem Tag zweimal. Geben Sie stattdessen eine Dauer an.',
	'week.why_no_room':
		'Der letzte Eintrag dieses Tages endet an einem anderen Tag. Schreiben Sie von wann bis wann, etwa 9-10:30.'
};
