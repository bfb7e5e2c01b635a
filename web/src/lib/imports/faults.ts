/** Why a file or a row does not come in, told from the server's codes. */
import { RefusedError } from '#lib/api/index.ts';

/** Every code that the catalogue has a sentence for. */
export const CODES = [
	'not_utf8',
	'too_large',
	'empty_file',
	'unknown_format',
	'missing_column',
	'duplicate_column',
	'unbalanced_quotes',
	'ambiguous_date_order',
	'mixed_date_orders',
	'too_many_new',
	'too_many_members',
	'too_many_cells',
	'missing_value',
	'missing_end',
	'invalid_date',
	'impossible_date',
	'invalid_time',
	'impossible_time',
	'ambiguous_time',
	'invalid_duration',
	'invalid_instant',
	'invalid_time_zone',
	'nonexistent_local_time',
	'ambiguous_local_time',
	'duration_mismatch',
	'end_before_start',
	'entry_too_long',
	'outside_years',
	'control_character',
	'invisible_text',
	'direction_override',
	'text_too_long',
	'too_many_tags',
	'invalid_email',
	'invalid_billable',
	'ambiguous_member'
] as const;
export type FaultCode = (typeof CODES)[number];

export function isFaultCode(code: string): code is FaultCode {
	return (CODES as readonly string[]).includes(code);
}

/** Why nothing of a file can be read. */
export interface FileFault {
	/** Null where this version does not know the server's reason. */
	code: FaultCode | null;
	line: number | null;
	column: string | null;
	/** The server's own words. */
	detail: string;
	/** Whether naming the order of the dates could help. */
	asksForDateOrder: boolean;
}

/** The fault of the file behind a refusal; null where the refusal has nothing to do with the file. */
export function fileFault(error: unknown): FileFault | null {
	if (!(error instanceof RefusedError)) return null;
	if (error.status === 413)
		return { code: 'too_large', line: null, column: null, detail: '', asksForDateOrder: false };
	const fault = error.problem.errors?.[0];
	if (error.status !== 422 || !fault) return null;
	const { code, params, detail, pointer } = fault;
	return {
		code: isFaultCode(code) ? code : null,
		line: params?.line ? Number(params.line) : null,
		column: params?.column ?? null,
		detail,
		asksForDateOrder: pointer === '/date_order'
	};
}
