import CalendarDays from '@lucide/svelte/icons/calendar-days';
import ChartColumn from '@lucide/svelte/icons/chart-column';
import FolderKanban from '@lucide/svelte/icons/folder-kanban';
import Import from '@lucide/svelte/icons/import';
import Settings from '@lucide/svelte/icons/settings';
import Sun from '@lucide/svelte/icons/sun';
import Users from '@lucide/svelte/icons/users';
import type { Role } from '#lib/api/index.ts';
import type { MessageKey } from '#lib/i18n/index.ts';
import { paths } from '#lib/paths.ts';

/** The pages that the rail, the bar, the menu and the palette lead to, in their order. */
export const pages = [
	{ label: 'shell.today', href: paths.today(), icon: Sun, role: 'member' },
	{ label: 'shell.week', href: paths.week(), icon: CalendarDays, role: 'member' },
	{ label: 'shell.reports', href: paths.reports(), icon: ChartColumn, role: 'member' },
	{ label: 'shell.projects', href: paths.projects(), icon: FolderKanban, role: 'member' },
	{ label: 'shell.team', href: paths.team(), icon: Users, role: 'manager' },
	{ label: 'shell.import', href: paths.import(), icon: Import, role: 'admin' },
	{ label: 'shell.settings', href: paths.settings(), icon: Settings, role: 'member' }
] as const satisfies { label: MessageKey; href: string; icon: unknown; role: Role }[];

export type Page = (typeof pages)[number];

/** Whether the address `pathname` belongs to the page at `href`. */
export function isCurrent(href: string, pathname: string): boolean {
	if (href === '/') return pathname === '/' || pathname.startsWith('/entries/');
	return pathname === href || pathname.startsWith(`${href}/`);
}
