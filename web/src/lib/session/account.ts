import { t } from '#lib/i18n/index.ts';

const LEAST_PASSWORD = 10;

export interface AccountFields {
	name: string;
	email: string;
	password: string;
	/** Undefined where the account joins an organisation that exists. */
	organisation?: string;
	/** Undefined where the server asks for none. */
	setup_code?: string;
}

/** What is wrong with the fields, by their names; empty when they can be sent. */
export function accountFaults(fields: AccountFields): Partial<Record<keyof AccountFields, string>> {
	const faults: Partial<Record<keyof AccountFields, string>> = {};
	if (fields.name.trim() === '') faults.name = t('door.bad_name');
	if (!/^[^\s@]+@[^\s@]+$/.test(fields.email.trim())) faults.email = t('door.bad_email');
	if ([...fields.password].length < LEAST_PASSWORD) faults.password = t('door.bad_password');
	if (fields.organisation !== undefined && fields.organisation.trim() === '') {
		faults.organisation = t('door.bad_organisation');
	}
	if (fields.setup_code !== undefined && fields.setup_code.trim() === '')
		faults.setup_code = t('door.bad_code');
	return faults;
}
