import { request } from './request.ts';
import type { ImportOptions, ImportRecord, ImportReport } from './types.ts';

/** A dry run changes nothing; the same file again adds nothing. */
export async function run(file: Blob, options: ImportOptions, signal?: AbortSignal): Promise<ImportReport> {
	const answer = await request<ImportReport>('POST', '/import', {
		query: { ...options },
		file: { content: file, type: 'text/csv' },
		signal
	});
	return answer.data;
}

export async function list(): Promise<ImportRecord[]> {
	return (await request<{ imports: ImportRecord[] }>('GET', '/imports')).data.imports;
}

/** Removes every entry that the import brought. */
export async function undo(id: string): Promise<{ entries: number; seconds: number }> {
	return (await request<{ entries: number; seconds: number }>('POST', `/imports/${id}/undo`)).data;
}
