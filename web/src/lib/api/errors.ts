/** The one place that turns what the server said into what a person reads. */
import { language, t } from '#lib/i18n/index.ts';
import * as format from '#lib/time/format.ts';
import { RefusedError, UnreachableError } from './request.ts';
import type { Problem, ProblemField } from './types.ts';

/** A sentence for any failure: what happened, that nothing was lost, what to do. */
export function sentenceFor(error: unknown): string {
	if (error instanceof UnreachableError) return t('errors.unreachable');
	if (error instanceof RefusedError) return sentenceForProblem(error.problem, error.retryAfterSeconds);
	return t('errors.unknown', { detail: error instanceof Error ? error.message : '' });
}

export function sentenceForProblem(problem: Problem, retryAfterSeconds: number | null = null): string {
	switch (problem.code) {
		case 'not_signed_in':
			return t('errors.not_signed_in');
		case 'wrong_credentials':
			return t('errors.credentials');
		case 'too_many_attempts':
			return t('errors.too_many_attempts', { minutes: Math.ceil((retryAfterSeconds ?? 900) / 60) });
		case 'forbidden':
			return t('errors.forbidden');
		case 'not_found':
			return t('errors.not_found');
		case 'already_clocked_in':
			return problem.entry
				? t('errors.already_clocked_in', { time: timeOf(problem, problem.entry.start) })
				: t('errors.already_clocked_in_plain');
		case 'not_clocked_in':
			return t('errors.not_clocked_in');
		case 'overlap':
			return overlapSentence(problem);
		case 'week_approved':
			return t('errors.week_approved');
		case 'precondition_failed':
		case 'precondition_required':
			return t('errors.stale');
		case 'not_allowed':
		case 'duplicate':
			return reasonFor(problem.reason, problem.params, problem.detail);
		case 'conflict':
		case 'idempotency_key_reused':
			return t('errors.conflict');
		case 'too_large':
			return t('errors.too_large');
		case 'invalid': {
			const detail = problem.errors?.map(faultFor).join(' ') || problem.detail;
			return detail ? t('errors.invalid', { detail }) : t('errors.invalid_plain');
		}
	}
	if (problem.status === 429) return t('errors.too_many', { seconds: retryAfterSeconds ?? 60 });
	if (problem.status >= 500) return t('errors.unavailable');
	return t('errors.unknown', { detail: problem.detail || problem.title });
}

/** The faults of single fields by their JSON pointer without the slash, for showing beside the field. */
export function faultsByField(error: unknown): Record<string, string> {
	if (!(error instanceof RefusedError)) return {};
	const faults = error.problem.errors ?? [];
	return Object.fromEntries(faults.map((fault) => [fault.pointer.replace(/^\//, ''), faultFor(fault)]));
}

function faultFor({ code, params, detail }: ProblemField): string {
	return reasonFor(code, params, detail);
}

/** The sentence for one of the server's codes; the server's own, in English, where there is none. */
function reasonFor(code: string | undefined, params: Record<string, string> = {}, detail: string): string {
	return language.find(`reasons.${code}`, params) ?? detail;
}

function overlapSentence(problem: Problem): string {
	const entry = problem.entry;
	if (!entry) return t('errors.overlap_plain');
	const start = timeOf(problem, entry.start);
	if (!entry.end) return t('errors.overlap_open', { start });
	return t('errors.overlap', { start, end: timeOf(problem, entry.end) });
}

function timeOf(problem: Problem, instant: string): string {
	return format.time(instant, problem.entry?.time_zone ?? 'UTC', language.locale);
}
