/** The labels in a report row's text: separated by `, `, with a backslash before a comma or backslash within one. */
export function labelsIn(text: string): string[] {
	const labels = [...text.matchAll(/(?:\\.|[^\\,])+/gsu)].map(([label]) => label);
	return labels.map((label, index) => (index > 0 ? label.slice(1) : label).replaceAll(/\\(.)/gsu, '$1'));
}
