/** The token of a project's colour, 1 to 12; null is for time on no project. */
export function projectColor(color: number | null | undefined): string {
	return color === null || color === undefined ? 'var(--project-none)' : `var(--project-${color})`;
}
