import type { catalogue as english } from '../en/index.ts';
import type { Translation } from '../message.ts';
import { clock } from './clock.ts';
import { door } from './door.ts';
import { entries } from './entries.ts';
import { errors } from './errors.ts';
import { history } from './history.ts';
import { imports } from './imports.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';
import { reports } from './reports.ts';
import { settings } from './settings.ts';
import { shell } from './shell.ts';
import { today } from './today.ts';
import { week } from './week.ts';

export const catalogue: Translation<typeof english> = {
	...clock,
	...door,
	...entries,
	...errors,
	...history,
	...imports,
	...palette,
	...projects,
	...reports,
	...settings,
	...shell,
	...today,
	...week
};
