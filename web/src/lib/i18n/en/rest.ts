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

/** What the other pages say: loaded when one of them is opened. A new page adds its part here. */
export const rest = {
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
} as const;
