import type { first as english } from '../en/first.ts';
import type { Translation } from '../message.ts';
import { clock } from './clock.ts';
import { entries } from './entries.ts';
import { errors } from './errors.ts';
import { picker } from './picker.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';

export const first: Translation<typeof english> = {
	...clock,
	...entries,
	...errors,
	...picker,
	...shell,
	...today
};
