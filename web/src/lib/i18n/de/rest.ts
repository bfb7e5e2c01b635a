import type { rest as english } from '../en/rest.ts';
import type { Translation } from '../message.ts';
import { door } from './door.ts';
import { history } from './history.ts';
import { imports } from './imports.ts';
import { palette } from './palette.ts';
import { projects } from './projects.ts';
import { reasons } from './reasons.ts';
import { reports } from './reports.ts';
import { settings } from './settings.ts';
import { team } from './team.ts';
import { week } from './week.ts';

export const rest: Translation<typeof english> = {
	...door,
	...history,
	...imports,
	...palette,
	...projects,
	...reasons,
	...reports,
	...settings,
	...team,
	...week
};
