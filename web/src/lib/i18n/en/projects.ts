export const projects = {
	'projects.title': 'Projects',
	'projects.search': 'Find a project',
	'projects.nothing': 'No project has that name.',
	'projects.create_named': 'Create “{name}”'
} as const;
