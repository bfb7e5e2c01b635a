import { clock } from './clock.ts';
import { entries } from './entries.ts';
import { errors } from './errors.ts';
import { picker } from './picker.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';

/** What the frame and Today say: loaded before anything is drawn. */
export const first = {
	...clock,
	...entries,
	...errors,
	...picker,
	...shell,
	...today
} as const;
