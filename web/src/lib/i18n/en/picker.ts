export const picker = {
	'picker.search': 'Find a project',
	'picker.nothing': 'No project has that name.',
	'picker.create_named': 'Create “{name}”'
} as const;
