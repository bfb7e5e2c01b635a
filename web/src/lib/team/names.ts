import type { Member } from '#lib/api/index.ts';
import { t } from '#lib/i18n/index.ts';

/** What a member is called. Who was erased has no name left: what they are called then is in the reader's language. */
export function nameOf({ name, erased }: Pick<Member, 'name' | 'erased'>): string {
	return erased ? t('team.erased_member') : name;
}

/** The same by the member's id; null where nobody has it. */
export function nameById(members: Member[], wanted: string): string | null {
	const member = members.find(({ id }) => id === wanted);
	return member ? nameOf(member) : null;
}
