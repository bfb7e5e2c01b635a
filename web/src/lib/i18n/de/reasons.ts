import type { reasons as english } from '../en/reasons.ts';
import type { Translation } from '../message.ts';

export const reasons: Translation<typeof english> = {
	'reasons.account_exists': '{email} hat bereits ein Konto. Melden Sie sich stattdessen an.',
	'reasons.active_projects':
		'„{name}“ hat noch aktive Projekte. Archivieren Sie diese zuerst, oder geben Sie sie einem anderen Kunden.',
	'reasons.address_archived':
		'Die Adresse {email} gehört {name}, im Archiv. Holen Sie die Person zurück, oder nehmen Sie eine andere Adresse.',
	'reasons.address_taken': 'Die Adresse {email} gehört bereits {name}.',
	'reasons.ahead_of_server': 'Diese Zeit liegt vor der Uhr des Servers. Prüfen Sie die Uhr Ihres Geräts.',
	'reasons.already_member': 'Sie sind bereits Mitglied von {organisation}. Melden Sie sich stattdessen an.',
	'reasons.ambiguous_time': 'Diese Uhrzeit gab es an dem Tag zweimal, als die Uhren zurückgestellt wurden.',
	'reasons.answer_erased': 'Das ist schon geschehen, und wen es betraf, ist seither gelöscht.',
	'reasons.archived_client': 'Dieser Kunde ist archiviert. Wählen Sie einen anderen.',
	'reasons.archived_member': 'Dieses Mitglied ist archiviert und bekommt keine neuen Einträge.',
	'reasons.archived_project': 'Dieses Projekt ist archiviert. Wählen Sie ein anderes.',
	'reasons.before_clock_in': 'Das liegt vor dem Einstempeln.',
	'reasons.body_not_expected': 'Der Server hat diese Anfrage nicht erwartet.',
	'reasons.broke_off': 'Die Übertragung brach ab. Versuchen Sie es noch einmal.',
	'reasons.client_archived':
		'Ein archivierter Kunde heißt „{name}“. Holen Sie ihn zurück, oder wählen Sie einen anderen Namen.',
	'reasons.client_exists': 'Ein Kunde heißt bereits „{name}“. Wählen Sie einen anderen Namen.',
	'reasons.client_still_archived': 'Der Kunde „{name}“ ist archiviert. Holen Sie ihn zuerst zurück.',
	'reasons.clocked_in':
		'Die Person ist noch eingestempelt. Geben Sie dem offenen Eintrag das Ende, das er hatte.',
	'reasons.control_character': 'Das enthält ein Steuerzeichen. Entfernen Sie es.',
	'reasons.direction_override': 'Das enthält ein Zeichen, das die Schreibrichtung umkehrt. Entfernen Sie es.',
	'reasons.empty': 'Das darf nicht leer sein.',
	'reasons.end_before_start': 'Das Ende liegt vor dem Beginn.',
	'reasons.entry_deleted': 'Der Eintrag ist gelöscht. Stellen Sie ihn wieder her, bevor Sie ihn ändern.',
	'reasons.entry_not_deleted': 'Der Eintrag ist nicht gelöscht.',
	'reasons.entry_too_long': 'Ein Eintrag ist höchstens {days} Tage lang.',
	'reasons.erased': 'Diese Person wurde gelöscht. Nichts von ihr kommt zurück.',
	'reasons.given_twice': 'Das wurde zweimal angegeben.',
	'reasons.import_undone':
		'Der Import wurde zurückgenommen, während er lief. Nehmen Sie ihn noch einmal zurück, um zu entfernen, was seither hereinkam.',
	'reasons.in_the_future': 'Dieser Zeitpunkt liegt noch vor uns.',
	'reasons.invalid': 'Das ist nicht gültig.',
	'reasons.invisible': 'Darin muss mindestens ein Zeichen zu sehen sein.',
	'reasons.last_owner':
		'Außer {name} kann sich niemand mit dieser Rolle anmelden. Geben Sie sie zuerst noch jemandem.',
	'reasons.member_archived': '{name} ist im Archiv. Holen Sie die Person zuerst zurück.',
	'reasons.member_signs_in': '{name} kann sich bereits anmelden.',
	'reasons.missing': 'Das fehlt.',
	'reasons.missing_end': 'Das Ende fehlt. Stempeln Sie ein, um einen offenen Eintrag zu beginnen.',
	'reasons.named_by_invitation': 'Die Organisation steht in der Einladung.',
	'reasons.not_a_date': 'Das ist kein Datum.',
	'reasons.not_a_time': 'Das ist keine Uhrzeit.',
	'reasons.not_an_email': 'Das muss eine E-Mail-Adresse sein, etwa ada@example.com.',
	'reasons.not_an_id': 'Dazu gibt es nichts.',
	'reasons.not_archived': 'Nur wer im Archiv ist, kann gelöscht werden.',
	'reasons.not_json': 'Der Server konnte diese Anfrage nicht lesen.',
	'reasons.one_member_only': 'Wählen Sie eine Person: Jede hat ihre eigene Vergangenheit.',
	'reasons.open_entry_ahead':
		'Der offene Eintrag beginnt in der Zukunft. Ändern Sie seinen Beginn, oder warten Sie.',
	'reasons.open_entry_too_long':
		'Der offene Eintrag ist länger als 31 Tage. Geben Sie ihm das Ende, das er wirklich hatte.',
	'reasons.out_of_range': 'Diese Zahl liegt außerhalb des Möglichen.',
	'reasons.outside_years': 'Die Zeit muss zwischen den Jahren 2000 und 2199 liegen.',
	'reasons.password_length': 'Ein Passwort hat 10 bis 256 Zeichen.',
	'reasons.payload_erased':
		'Was bis dahin aufgezeichnet war, wurde gelöscht; die Vergangenheit lässt sich nicht zeigen.',
	'reasons.project_archived':
		'Ein archiviertes Projekt heißt „{name}“. Holen Sie es zurück, oder wählen Sie einen anderen Namen.',
	'reasons.project_exists': 'Ein Projekt heißt bereits „{name}“. Wählen Sie einen anderen Namen.',
	'reasons.range_reversed': 'Das Enddatum liegt vor dem Anfangsdatum.',
	'reasons.range_too_long': 'Der Zeitraum umfasst höchstens {days} Tage.',
	'reasons.reopened': 'Ein abgeschlossener Eintrag wird nicht wieder geöffnet. Stempeln Sie stattdessen ein.',
	'reasons.set_up_already':
		'Hier ist schon alles eingerichtet. Melden Sie sich an, oder bitten Sie um eine Einladung.',
	'reasons.skipped_time': 'Diese Uhrzeit gab es an dem Tag nicht: Die Uhren wurden vorgestellt.',
	'reasons.tag_archived':
		'Ein archiviertes Stichwort heißt „{name}“. Holen Sie es zurück, oder wählen Sie einen anderen Namen.',
	'reasons.tag_exists': 'Ein Stichwort heißt bereits „{name}“. Wählen Sie einen anderen Namen.',
	'reasons.too_long': 'Das hat mehr als {longest} Zeichen.',
	'reasons.too_long_ago':
		'Das liegt mehr als 7 Tage zurück. Tragen Sie den Eintrag stattdessen von Hand ein.',
	'reasons.too_many_rows':
		'Dieses Format fasst so viele Zeilen nicht. Wählen Sie ein anderes, oder einen kürzeren Zeitraum.',
	'reasons.too_many_tags': 'Ein Eintrag trägt höchstens {most} Stichwörter.',
	'reasons.unknown_client': 'Diesen Kunden gibt es nicht.',
	'reasons.unknown_color': 'Diese Farbe gibt es nicht.',
	'reasons.unknown_cursor': 'Diese Seite der Liste gibt es nicht.',
	'reasons.unknown_field': 'Dieses Feld kennt der Server nicht.',
	'reasons.unknown_project': 'Dieses Projekt gibt es nicht.',
	'reasons.unknown_time_zone': '„{name}“ ist keine Zeitzone.',
	'reasons.unknown_value': 'Diese Auswahl kennt der Server nicht.',
	'reasons.unknown_weekday': 'Diesen Wochentag gibt es nicht.',
	'reasons.week_target_too_long': 'Eine Woche hat nicht mehr als 168 Stunden.',
	'reasons.wrong_password': 'Das ist nicht Ihr Passwort.',
	'reasons.wrong_setup_code': 'Das ist nicht der Code, den der Server beim Start ausgegeben hat.',
	'reasons.wrong_type': 'Das ist von der falschen Art.'
};
