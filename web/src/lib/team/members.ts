/** Who may do what to whom on the team page. The server decides; this spares people what it would refuse. */
import type { Member, Role } from '#lib/api/index.ts';
import { nameOf } from './names.ts';

export const ROLES: readonly Role[] = ['owner', 'admin', 'manager', 'member'];

type Actor = Pick<Member, 'id' | 'role'>;

/** The roles that `actor` may give: only owners make owners. */
export function rolesFrom(actor: Actor): Role[] {
	if (actor.role === 'owner') return [...ROLES];
	return actor.role === 'admin' ? ROLES.filter((role) => role !== 'owner') : [];
}

/** Whether `actor` may change what `member` may do, invite or archive them: only owners touch owners. */
export function mayChange(actor: Actor, member: Member): boolean {
	return rolesFrom(actor).includes(member.role);
}

/** Whether `actor` may erase `member`: only owners may, and only those who are archived. */
export function mayErase(actor: Actor, member: Member): boolean {
	return actor.role === 'owner' && actor.id !== member.id && member.archived && !member.erased;
}

/** Whether `typed` is what `member` is called, whatever its letter case and spaces. */
export function isNameOf(member: Member, typed: string): boolean {
	const plain = (text: string) => text.normalize('NFKC').trim().replace(/\s+/g, ' ').toLowerCase();
	return plain(typed) === plain(member.name);
}

/** Whether the organisation would have nobody left who could make another owner. */
export function isLastOwner(members: Member[], member: Member): boolean {
	const owns = (one: Member) => one.role === 'owner' && !one.archived && one.sign_in === 'active';
	return owns(member) && !members.some((one) => one.id !== member.id && owns(one));
}

/** The member who has `email` already, archived ones too. */
export function holderOf(members: Member[], email: string, exceptId = ''): Member | null {
	const wanted = email.trim().toLowerCase();
	return members.find((one) => one.id !== exceptId && one.email?.toLowerCase() === wanted) ?? null;
}

/** The members whose name or address has every word of `query`, by name, then the archived ones, then the erased. */
export function listed(members: Member[], query: string, withArchived: boolean): Member[] {
	const words = folded(query).split(/\s+/).filter(Boolean);
	const told = (member: Member) => folded(`${nameOf(member)} ${member.email ?? ''}`);
	return members
		.filter(({ archived }) => withArchived || !archived)
		.filter((member) => words.every((word) => told(member).includes(word)))
		.sort((one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name));
}

export function isEmail(text: string): boolean {
	return /^[^\s@]+@[^\s@]+$/.test(text.trim());
}

function rank({ archived, erased }: Member): number {
	return Number(archived) + Number(erased);
}

/** Without case and accents, as people type. */
function folded(text: string): string {
	return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
}
