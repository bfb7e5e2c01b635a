import type { errors as english } from '../en/errors.ts';
import type { Translation } from '../message.ts';

export const errors: Translation<typeof english> = {
	'errors.unreachable':
		'Keine Verbindung zum Server. Nichts ging verloren: Versuchen Sie es erneut, sobald Sie online sind.',
	'errors.unavailable':
		'Der Server kann gerade nicht antworten. Nichts ging verloren: Versuchen Sie es gleich noch einmal.',
	'errors.too_many': 'Zu viele Anfragen. Versuchen Sie es in {seconds} Sekunden noch einmal.',
	'errors.too_many_attempts':
		'Zu viele Versuche mit falschem Passwort. Bitte warten Sie und versuchen Sie es in {minutes} min noch einmal. Ihre Einträge sind sicher.',
	'errors.not_signed_in': 'Ihre Sitzung ist beendet. Melden Sie sich wieder an, um fortzufahren.',
	'errors.credentials': 'E-Mail oder Passwort stimmt nicht.',
	'errors.forbidden': 'Ihre Rolle erlaubt das nicht. Fragen Sie jemanden aus der Administration.',
	'errors.not_found': 'Das gibt es nicht, oder Sie dürfen es nicht sehen.',
	'errors.already_clocked_in': 'Sie waren bereits seit {time} eingestempelt. Nichts wurde geändert.',
	'errors.already_clocked_in_plain': 'Sie waren bereits eingestempelt. Nichts wurde geändert.',
	'errors.not_clocked_in': 'Sie waren nicht eingestempelt, es gab also nichts zu beenden.',
	'errors.overlap':
		'Das würde sich mit Ihrem Eintrag von {start} bis {end} überschneiden. Ändern Sie einen der beiden.',
	'errors.overlap_open':
		'Das würde sich mit dem Eintrag überschneiden, der seit {start} läuft. Stempeln Sie erst aus, oder lassen Sie es früher enden.',
	'errors.overlap_plain':
		'Das würde sich mit einem anderen Eintrag überschneiden. Ändern Sie einen der beiden.',
	'errors.conflict':
		'Im selben Moment hat sich etwas anderes geändert. Nichts ging verloren: Versuchen Sie es noch einmal.',
	'errors.stale':
		'Das wurde inzwischen anderswo geändert. Sehen Sie sich den neuen Stand an und ändern Sie ihn dann erneut.',
	'errors.invalid': 'Das lässt sich nicht speichern: {detail}',
	'errors.invalid_plain': 'Das lässt sich nicht speichern. Prüfen Sie Ihre Eingabe.',
	'errors.too_large': 'Das ist zu groß zum Senden.',
	'errors.week_approved': 'Diese Woche ist genehmigt. Lassen Sie sie zuerst wieder öffnen.',
	'errors.unknown': 'Das hat nicht geklappt, und nichts wurde geändert. {detail}'
};
