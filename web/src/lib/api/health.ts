import { request } from './request.ts';
import type { Health } from './types.ts';

export async function show(): Promise<Health> {
	return (await request<Health>('GET', '/health')).data;
}
