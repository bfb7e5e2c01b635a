/**
 * The API, one function per operation. Every change carries an idempotency key, and every edit the version that it
 * was made on. Failures are `RefusedError` (the server said no) or `UnreachableError` (no answer);
 * `sentenceFor` in `./errors` turns either into words.
 */
export * as auth from './auth.ts';
export * as clock from './clock.ts';
export * as health from './health.ts';
export * as imports from './imports.ts';
export * as organisation from './organisation.ts';
export * as timesheets from './timesheets.ts';
export { apiUrl, onSignedOut, RefusedError, UnreachableError } from './request.ts';
export type * from './types.ts';
