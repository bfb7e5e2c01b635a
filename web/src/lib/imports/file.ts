/** As the server has it: a larger file is refused before it is sent. */
export const MOST_BYTES = 32 * 1024 * 1024;

/** A file as it was when it was chosen: the dry run and the import read the very same bytes. */
export interface ChosenFile {
	name: string;
	content: Blob;
}

export type Unusable = 'empty' | 'large' | 'gone';

/** Reads the whole file once; what changes on the disk afterwards changes nothing here. */
export async function take(file: File): Promise<ChosenFile | Unusable> {
	if (file.size === 0) return 'empty';
	if (file.size > MOST_BYTES) return 'large';
	try {
		return { name: file.name, content: new Blob([await file.arrayBuffer()], { type: 'text/csv' }) };
	} catch {
		return 'gone';
	}
}
