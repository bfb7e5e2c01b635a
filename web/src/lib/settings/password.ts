/** As the server has it. */
const LEAST_CHARACTERS = 10;

export type PasswordFault = 'missing' | 'short' | 'same';

/** What is wrong with a change of password before it is sent. */
export function passwordFaults(
	current: string,
	chosen: string
): { current?: PasswordFault; chosen?: PasswordFault } {
	const faults: ReturnType<typeof passwordFaults> = {};
	if (current === '') faults.current = 'missing';
	if ([...chosen].length < LEAST_CHARACTERS) faults.chosen = 'short';
	else if (chosen === current) faults.chosen = 'same';
	return faults;
}
