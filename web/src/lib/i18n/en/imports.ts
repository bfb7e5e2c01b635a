export const imports = {
	'imports.title': 'Import'
} as const;
