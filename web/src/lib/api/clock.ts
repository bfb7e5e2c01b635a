import { request } from './request.ts';
import type { ClockAnswer, ClockCommand, Status } from './types.ts';

/** `idempotencyKey` is the command's own and stays the same for every try. */
export async function send(body: ClockCommand, idempotencyKey: string): Promise<ClockAnswer> {
	return (await request<ClockAnswer>('POST', '/clock', { body, idempotencyKey })).data;
}

/** The status, or null where it is still the one with `etag`. */
export async function status(
	etag: string | null = null
): Promise<{ status: Status | null; etag: string | null }> {
	const answer = await request<Status>('GET', '/status', { ifNoneMatch: etag });
	return { status: answer.status === 304 ? null : answer.data, etag: answer.etag ?? etag };
}
