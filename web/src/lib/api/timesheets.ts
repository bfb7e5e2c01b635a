import { apiUrl, request } from './request.ts';
import type {
	Entry,
	EntryFields,
	EntryHistory,
	ExportQuery,
	NewEntry,
	Report,
	ReportQuery,
	Timesheet,
	TimesheetQuery
} from './types.ts';

export async function page(query: TimesheetQuery, signal?: AbortSignal): Promise<Timesheet> {
	return (await request<Timesheet>('GET', '/timesheets', { query: { ...query }, signal })).data;
}

/** All entries of a range, however many pages that takes. */
export async function whole(
	query: Omit<TimesheetQuery, 'limit' | 'cursor'>,
	signal?: AbortSignal
): Promise<Timesheet> {
	const timesheet = await page({ ...query, limit: 1000 }, signal);
	while (timesheet.next_cursor) {
		const next = await page({ ...query, limit: 1000, cursor: timesheet.next_cursor }, signal);
		timesheet.entries.push(...next.entries);
		timesheet.next_cursor = next.next_cursor;
	}
	return timesheet;
}

export async function create(body: NewEntry, idempotencyKey?: string): Promise<Entry> {
	return (await request<Entry>('POST', '/timesheets', { body, idempotencyKey })).data;
}

export async function get(id: string): Promise<Entry> {
	return (await request<Entry>('GET', `/timesheets/${id}`)).data;
}

/** Replaces the whole entry; start from `fieldsOf(entry)`. */
export async function replace(entry: Pick<Entry, 'id' | 'version'>, body: EntryFields): Promise<Entry> {
	return (await request<Entry>('PUT', `/timesheets/${entry.id}`, { body, ifMatch: entry.version })).data;
}

/** The fields of an entry that a replacement has to repeat. */
export function fieldsOf(entry: Entry): EntryFields {
	const { start, end, time_zone, project_id, note, tags, billable } = entry;
	return { start, end, time_zone, project_id, note, tags, billable };
}

/** Undone by `restore`, at any time. */
export async function remove(entry: Pick<Entry, 'id' | 'version'>): Promise<void> {
	await request<void>('DELETE', `/timesheets/${entry.id}`, { ifMatch: entry.version });
}

export async function restore(id: string): Promise<Entry> {
	return (await request<Entry>('POST', `/timesheets/${id}/restore`)).data;
}

export async function history(id: string): Promise<EntryHistory> {
	return (await request<EntryHistory>('GET', `/timesheets/${id}/history`)).data;
}

export async function report(query: ReportQuery, signal?: AbortSignal): Promise<Report> {
	const parameters = { ...query, group_by: query.group_by.join(',') };
	return (await request<Report>('GET', '/reports', { query: parameters, signal })).data;
}

/** Where the browser downloads a range from. */
export function exportUrl(format: 'csv' | 'xlsx' | 'json', query: ExportQuery): string {
	return apiUrl('/export', { format, ...query });
}
