import { deviceTimeZone } from './civil.ts';

/** The time zones that this browser knows, with the ones in `wanted` even where it does not. */
export function timeZoneOptions(...wanted: string[]): { value: string; label: string }[] {
	const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', deviceTimeZone(), ...wanted]);
	return [...names].sort().map((name) => ({ value: name, label: name.replaceAll('_', ' ') }));
}
