import { goto } from '$app/navigation';
import { clock } from '#lib/clock/clock.svelte.ts';
import { next } from '#lib/clock/punch.svelte.ts';
import { theme } from '#lib/design/theme.svelte.ts';
import { t } from '#lib/i18n/index.ts';
import { projects } from '#lib/projects/projects.svelte.ts';
import { session } from '#lib/session/session.svelte.ts';
import { leave } from '#lib/shell/leave.ts';
import { pages } from '#lib/shell/navigation.ts';
import type { Command } from './matching.ts';

/** Everything that the palette offers this member now. */
export function commands(): Command[] {
	const running = clock.status?.clocked_in ?? false;
	return [
		{ id: 'clock', label: running ? t('clock.out') : t('clock.in'), run: () => next.toggle() },
		...pages
			.filter(({ role }) => session.atLeast(role))
			.map(({ label, href }) => ({
				id: href,
				label: t('palette.go_to', { page: t(label) }),
				run: () => goto(href)
			})),
		...projects.active.map(({ id, name }) => ({
			id,
			label: t(running ? 'palette.switch_to' : 'palette.clock_in_on', { project: name }),
			run: () => (running ? next.switchTo(id) : next.in(id))
		})),
		{ id: 'light', label: t('palette.theme_light'), run: () => theme.choose('light') },
		{ id: 'dark', label: t('palette.theme_dark'), run: () => theme.choose('dark') },
		{ id: 'system', label: t('palette.theme_system'), run: () => theme.choose('system') },
		{ id: 'leave', label: t('shell.sign_out'), run: leave }
	];
}
