export const palette = {
	'palette.title': 'Commands',
	'palette.hint': 'Type a command or a project',
	'palette.nothing': 'Nothing matches. Try another word.',
	'palette.go_to': 'Go to {page}',
	'palette.clock_in_on': 'Clock in on {project}',
	'palette.switch_to': 'Switch to {project}',
	'palette.theme_light': 'Use the light theme',
	'palette.theme_dark': 'Use the dark theme',
	'palette.theme_system': 'Follow the system’s theme',
	'palette.results': { one: '{count} command', other: '{count} commands' }
} as const;
