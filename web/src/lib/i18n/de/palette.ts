import type { palette as english } from '../en/palette.ts';
import type { Translation } from '../message.ts';

export const palette: Translation<typeof english> = {
	'palette.title': 'Befehle',
	'palette.hint': 'Befehl oder Projekt eingeben',
	'palette.nothing': 'Nichts passt. Versuchen Sie ein anderes Wort.',
	'palette.go_to': '{page} öffnen',
	'palette.clock_in_on': 'Einstempeln auf {project}',
	'palette.switch_to': 'Zu {project} wechseln',
	'palette.theme_light': 'Helle Darstellung',
	'palette.theme_dark': 'Dunkle Darstellung',
	'palette.theme_system': 'Darstellung wie im System',
	'palette.results': { one: '{count} Befehl', other: '{count} Befehle' }
};
