import { RefusedError, request, UnreachableError } from './request.ts';
import type { ImportOptions, ImportRecord, ImportReport, UploadOffer } from './types.ts';

/** A server in the cloud takes no more at once; it offers a place for larger files, from which it fetches them. */
const LARGEST_BODY_BYTES = 4_000_000;

/** Files that were left there, by their ids: the dry run and the import need one. */
const left = new WeakMap<Blob, string>();

/** A dry run changes nothing; the same file again adds nothing. */
export async function run(file: Blob, options: ImportOptions, signal?: AbortSignal): Promise<ImportReport> {
	const upload = file.size > LARGEST_BODY_BYTES ? await leave(file, signal) : null;
	try {
		const answer = await request<ImportReport>('POST', '/import', {
			query: { ...options, upload },
			...(upload === null && { file: { content: file, type: 'text/csv' } }),
			signal
		});
		return answer.data;
	} catch (error) {
		// It is kept for a day; whoever tries again leaves it anew.
		if (error instanceof RefusedError && error.status === 404) left.delete(file);
		throw error;
	}
}

/** Leaves the file where the server says; null where it says nowhere, and takes the file itself. */
async function leave(file: Blob, signal?: AbortSignal): Promise<string | null> {
	const known = left.get(file);
	if (known !== undefined) return known;
	const offer = await offered(file, signal);
	if (offer === null) return null;
	let response: Response;
	try {
		response = await fetch(offer.url, {
			method: 'PUT',
			headers: offer.headers,
			body: file,
			signal: signal ?? null,
			credentials: 'omit'
		});
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') throw error;
		throw new UnreachableError('the file could not be left', { cause: error });
	}
	if (!response.ok) throw new UnreachableError(`the file was not taken: ${response.status}`);
	left.set(file, offer.id);
	return offer.id;
}

async function offered(file: Blob, signal?: AbortSignal): Promise<UploadOffer | null> {
	try {
		const body = { bytes: file.size };
		return (await request<UploadOffer>('POST', '/import/uploads', { body, signal })).data;
	} catch (error) {
		if (error instanceof RefusedError && error.status === 404) return null;
		throw error;
	}
}

export async function list(): Promise<ImportRecord[]> {
	return (await request<{ imports: ImportRecord[] }>('GET', '/imports')).data.imports;
}

/** Removes every entry that the import brought. */
export async function undo(id: string): Promise<{ entries: number; seconds: number }> {
	return (await request<{ entries: number; seconds: number }>('POST', `/imports/${id}/undo`)).data;
}
