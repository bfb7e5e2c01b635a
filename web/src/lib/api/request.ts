import type { Problem } from './types.ts';

/** The server answered, and the answer is a refusal. */
export class RefusedError extends Error {
	override name = 'RefusedError';
	constructor(
		readonly problem: Problem,
		/** Seconds to wait, where the server says so. */
		readonly retryAfterSeconds: number | null = null
	) {
		super(problem.detail || problem.title);
	}
	get code(): string {
		return this.problem.code;
	}
	get status(): number {
		return this.problem.status;
	}
}

/** No answer came: the change may or may not have been made, so a retry needs the same idempotency key. */
export class UnreachableError extends Error {
	override name = 'UnreachableError';
}

export type QueryValue = string | number | boolean | undefined | null;

export interface RequestOptions {
	query?: Record<string, QueryValue>;
	/** Sent as JSON. */
	body?: unknown;
	/** Sent as it is, for files. */
	file?: { content: Blob; type: string };
	/** The version that the edit was made on. */
	ifMatch?: number | string;
	ifNoneMatch?: string | null;
	/** The command's id; made here for every change that brings none. */
	idempotencyKey?: string;
	/** What comes back where all is well; JSON unless said. */
	answer?: 'json' | 'text';
	signal?: AbortSignal;
}

export interface Answer<T> {
	status: number;
	/** Undefined for 204 and 304. */
	data: T;
	etag: string | null;
}

type SignedOutListener = () => void;
const signedOutListeners = new Set<SignedOutListener>();

/** Calls `listener` whenever the server says that the session is over; returns the way to stop that. */
export function onSignedOut(listener: SignedOutListener): () => void {
	signedOutListeners.add(listener);
	return () => signedOutListeners.delete(listener);
}

/** The address of an API operation, for links and downloads as well as for requests. */
export function apiUrl(path: string, query: Record<string, QueryValue> = {}): string {
	const parameters = new URLSearchParams();
	for (const [name, value] of Object.entries(query)) {
		if (value !== undefined && value !== null && value !== '') parameters.set(name, String(value));
	}
	const search = parameters.toString();
	return `/api${path}${search ? `?${search}` : ''}`;
}

/**
 * One request to the API.
 * @throws RefusedError when the server says no, UnreachableError when no answer came.
 */
export async function request<T>(
	method: string,
	path: string,
	options: RequestOptions = {}
): Promise<Answer<T>> {
	let response: Response;
	try {
		response = await fetch(apiUrl(path, options.query), {
			method,
			headers: headersFor(method, options),
			body: options.file?.content ?? (options.body === undefined ? null : JSON.stringify(options.body)),
			signal: options.signal ?? null,
			credentials: 'same-origin'
		});
	} catch (error) {
		if (error instanceof DOMException && error.name === 'AbortError') throw error;
		throw new UnreachableError('no answer', { cause: error });
	}
	if (response.ok || response.status === 304) return answerOf<T>(response, options.answer);
	const refused = new RefusedError(await problemOf(response), retryAfter(response));
	if (refused.status === 401 && refused.code === 'not_signed_in')
		for (const listener of signedOutListeners) listener();
	throw refused;
}

function headersFor(method: string, options: RequestOptions): Headers {
	const headers = new Headers({ accept: 'application/json' });
	if (options.file) headers.set('content-type', options.file.type);
	else if (options.body !== undefined) headers.set('content-type', 'application/json');
	if (options.ifMatch !== undefined) headers.set('if-match', `"${options.ifMatch}"`);
	if (options.ifNoneMatch) headers.set('if-none-match', options.ifNoneMatch);
	if (method !== 'GET') headers.set('idempotency-key', options.idempotencyKey ?? crypto.randomUUID());
	return headers;
}

async function answerOf<T>(response: Response, kind: RequestOptions['answer']): Promise<Answer<T>> {
	const etag = response.headers.get('etag');
	if (response.status === 204 || response.status === 304) {
		return { status: response.status, data: undefined as T, etag };
	}
	try {
		const data = kind === 'text' ? await response.text() : await response.json();
		return { status: response.status, data: data as T, etag };
	} catch (error) {
		throw new UnreachableError('the answer broke off', { cause: error });
	}
}

/** The server's own words, or a stand-in where something between here and there answered instead. */
async function problemOf(response: Response): Promise<Problem> {
	const fallback: Problem = {
		title: response.statusText,
		status: response.status,
		detail: '',
		code: response.status === 401 ? 'not_signed_in' : response.status >= 500 ? 'unavailable' : 'unknown'
	};
	if (!response.headers.get('content-type')?.includes('json')) return fallback;
	try {
		const problem = (await response.json()) as Partial<Problem>;
		return { ...fallback, ...problem, status: response.status };
	} catch {
		return fallback;
	}
}

function retryAfter(response: Response): number | null {
	const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
	return Number.isFinite(seconds) && seconds >= 0 ? seconds : null;
}
