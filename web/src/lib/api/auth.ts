import { request } from './request.ts';
import type { Invitation, Me, MeChange, Session, SignInConfiguration, SignUp } from './types.ts';

export async function configuration(): Promise<SignInConfiguration> {
	return (await request<SignInConfiguration>('GET', '/auth')).data;
}

export async function signUp(body: SignUp): Promise<Me> {
	return (await request<Me>('POST', '/auth/signup', { body })).data;
}

/** What an invitation's token is good for; the token stays in the page and its request body, never in a URL sent. */
export async function invitation(token: string): Promise<Invitation> {
	return (await request<Invitation>('POST', '/auth/invitation', { body: { invitation: token } })).data;
}

export async function signIn(email: string, password: string): Promise<void> {
	await request<void>('POST', '/auth/login', { body: { email, password } });
}

export async function signOut(): Promise<void> {
	await request<void>('POST', '/auth/logout');
}

export async function me(): Promise<Me> {
	return (await request<Me>('GET', '/me')).data;
}

export async function changeMe(body: MeChange): Promise<Me> {
	return (await request<Me>('PATCH', '/me', { body })).data;
}

/** Refused with a fault of the field where the current one is wrong. */
export async function changePassword(currentPassword: string, newPassword: string): Promise<void> {
	const body = { current_password: currentPassword, new_password: newPassword };
	await request<void>('POST', '/me/password', { body });
}

export async function sessions(): Promise<Session[]> {
	return (await request<{ sessions: Session[] }>('GET', '/sessions')).data.sessions;
}

export async function endSession(id: string): Promise<void> {
	await request<void>('DELETE', `/sessions/${id}`);
}
