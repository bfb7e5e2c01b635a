import { readFileSync } from 'node:fs';

/** A file of `testdata/vectors`, which the Rust tests read too. */
export function vectors<T>(name: string): T {
	return JSON.parse(
		readFileSync(new URL(`../../../testdata/vectors/${name}.json`, import.meta.url), 'utf8')
	) as T;
}
