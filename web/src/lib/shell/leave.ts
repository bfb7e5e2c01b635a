import { goto } from '$app/navigation';
import { clock } from '#lib/clock/clock.svelte.ts';
import { paths } from '#lib/paths.ts';
import { projects } from '#lib/projects/projects.svelte.ts';
import { session } from '#lib/session/session.svelte.ts';
import { toasts } from './toasts.svelte.ts';

/** Signs out and goes to the door. What the clock still holds stays on the device for this member. */
export async function leave(): Promise<void> {
	try {
		await session.signOut();
		projects.forget();
		clock.forget();
		// First away, then signed out: the page that is left must not ask to be returned to.
		await goto(paths.signIn());
		session.forget();
	} catch (error) {
		toasts.fail(error);
	}
}
