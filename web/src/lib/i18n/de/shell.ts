import type { shell as english } from '../en/shell.ts';
import type { Translation } from '../message.ts';

export const shell: Translation<typeof english> = {
	'shell.product': 'VibeSheets',
	'shell.skip': 'Zum Inhalt springen',
	'shell.navigation': 'Hauptnavigation',
	'shell.today': 'Heute',
	'shell.week': 'Woche',
	'shell.reports': 'Berichte',
	'shell.projects': 'Projekte',
	'shell.team': 'Team',
	'shell.import': 'Import',
	'shell.settings': 'Einstellungen',
	'shell.more': 'Mehr',
	'shell.sign_out': 'Abmelden',
	'shell.close': 'Schließen',
	'shell.cancel': 'Abbrechen',
	'shell.save': 'Speichern',
	'shell.undo': 'Rückgängig',
	'shell.retry': 'Noch einmal versuchen',
	'shell.loading': 'Wird geladen',
	'shell.offline': 'Sie sind offline. Stempeln geht; alles andere wartet.',
	'shell.behind': 'Der Server antwortet nicht. Was Sie sehen, kann veraltet sein; Stempeln geht.',
	'shell.page_title': '{page} · VibeSheets',
	'shell.not_found': 'Hier gibt es keine Seite.',
	'shell.not_found_action': 'Zu Heute',
	'shell.broken':
		'Diese Seite lässt sich nicht anzeigen. Nichts, was Sie vorher eingegeben haben, ging verloren.',
	'shell.search': 'Suche und Befehle'
};
