/**
 * The shapes of the API under the names that pages use. Times are RFC 3339 with offset, civil dates `YYYY-MM-DD`,
 * durations whole seconds, ids UUIDs.
 */

export type Role = 'owner' | 'admin' | 'manager' | 'member';
export type Locale = 'en' | 'de';
export type DurationFormat = 'clock' | 'decimal';
export type EntrySource = 'clock' | 'manual' | 'import';
export type ClockAction = 'in' | 'out' | 'switch';

export interface SignInConfiguration {
	provider: 'local' | 'oidc';
	issuer: string | null;
	domain: string | null;
	client_id: string | null;
	audience: string | null;
	scope: string | null;
	signup: 'setup' | 'open' | 'invite';
	setup_code_required: boolean;
	/** Only a demo server has this: the credentials that anyone may look around with. */
	demo?: { email: string; password: string } | null;
}

export interface SignUp {
	email: string;
	password: string;
	name: string;
	time_zone: string;
	organisation?: string;
	setup_code?: string;
	invitation?: string;
	locale?: Locale;
}

export interface Invitation {
	organisation: { id: string; name: string };
	email: string | null;
	name: string;
	role: Role;
}

export interface Session {
	id: string;
	created_at: string;
	expires_at: string;
	current: boolean;
	user_agent: string | null;
}

export interface Member {
	id: string;
	name: string;
	email: string | null;
	role: Role;
	time_zone: string;
	locale: Locale;
	duration_format: DurationFormat;
	sign_in: boolean;
	archived: boolean;
	version: number;
	created_at: string;
}

export interface Organisation {
	id: string;
	name: string;
	time_zone: string;
	/** ISO: 1 is Monday, 7 is Sunday. */
	first_day_of_week: number;
	week_target_seconds: number;
	version: number;
}

export interface Me {
	account: { id: string; email: string };
	member: Member;
	organisation: Organisation;
	session: { id: string; expires_at: string } | null;
}

export type MeChange = Partial<Pick<Member, 'name' | 'time_zone' | 'locale' | 'duration_format'>>;
export type OrganisationChange = Partial<
	Pick<Organisation, 'name' | 'time_zone' | 'first_day_of_week' | 'week_target_seconds'>
>;

export interface Entry {
	id: string;
	member_id: string;
	project_id: string | null;
	start: string;
	/** Null while the entry is open. */
	end: string | null;
	time_zone: string;
	work_date: string;
	/** Null while the entry is open. */
	seconds: number | null;
	note: string;
	tags: string[];
	billable: boolean;
	source: EntrySource;
	deleted: boolean;
	version: number;
	created_at: string;
	updated_at: string;
}

export interface ClockCommand {
	action: ClockAction;
	project_id?: string | null;
	note?: string;
	tags?: string[];
	billable?: boolean;
	at?: string;
}

export interface Status {
	clocked_in: boolean;
	entry: Entry | null;
	elapsed_seconds: number;
	today: string;
	week_start: string;
	/** Includes the running seconds of the open entry, as the week's do. */
	today_seconds: number;
	week_seconds: number;
	server_time: string;
}

export interface ClockAnswer {
	entry: Entry;
	status: Status;
}

export interface TimesheetQuery {
	start_date: string;
	end_date: string;
	member_id?: string;
	project_id?: string;
	limit?: number;
	cursor?: string;
}

export interface DayTotal {
	date: string;
	seconds: number;
}

export interface Timesheet {
	entries: Entry[];
	/** Every date of the range, zeros included. */
	days: DayTotal[];
	total_seconds: number;
	next_cursor: string | null;
}

/** What `PUT /timesheets/{id}` takes: the whole entry, so leaving a field out empties it. */
export interface EntryFields {
	start: string;
	end: string | null;
	time_zone?: string;
	project_id?: string | null;
	note?: string;
	tags?: string[];
	billable?: boolean;
}

export interface NewEntry extends EntryFields {
	end: string;
	member_id?: string;
}

export interface HistoryRecord {
	stream: string;
	seq: number;
	time: string;
	actor: { member_id: string | null; name: string };
	operation: string;
	command_id: string | null;
	/** The device's own time where it sent one. */
	device_time: string | null;
	before: Entry | null;
	after: Entry | null;
	digest: string;
	previous: string;
	hash: string;
}

export interface EntryHistory {
	records: HistoryRecord[];
	chain: { stream: string; head_seq: number; head_hash: string; verified: boolean };
}

export type ReportGroup = 'date' | 'project' | 'client' | 'member' | 'tag';

export interface ReportQuery {
	start_date: string;
	end_date: string;
	group_by: ReportGroup[];
	member_id?: string;
	project_id?: string;
	client_id?: string;
}

/** A row has the keys that were asked for, null where the entry has none. */
export interface ReportRow {
	date?: string;
	project_id?: string | null;
	client_id?: string | null;
	member_id?: string | null;
	tag?: string | null;
	seconds: number;
}

export interface Report {
	rows: ReportRow[];
	total_seconds: number;
}

export interface Project {
	id: string;
	name: string;
	client_id: string | null;
	/** 1 to 12, as the design tokens number them. */
	color: number;
	billable: boolean;
	archived: boolean;
	version: number;
}

export interface Client {
	id: string;
	name: string;
	archived: boolean;
	version: number;
}

export interface Tag {
	id: string;
	name: string;
	archived: boolean;
	version: number;
}

export interface NewMember {
	name: string;
	email?: string;
	role: Role;
	time_zone?: string;
}

export interface InvitationLink {
	url: string;
	expires_at: string;
}

export interface MemberAdded {
	member: Member;
	invitation: InvitationLink | null;
}

export type ImportSource = 'auto' | 'toggl' | 'clockify' | 'vibesheets';
export type DateOrder = 'auto' | 'ymd' | 'mdy' | 'dmy';
export type OverlapRule = 'refuse' | 'skip' | 'trim';

export interface ImportOptions {
	dry_run: boolean;
	source: ImportSource;
	time_zone: string;
	date_order: DateOrder;
	overlaps: OverlapRule;
	file_name: string;
}

export interface ImportedDay {
	date: string;
	seconds: number;
	existing_seconds: number;
}

export interface ImportedMember {
	member_id: string | null;
	name: string;
	email: string | null;
	new: boolean;
	seconds: number;
	days: ImportedDay[];
}

export interface ImportOverlap {
	line: number;
	member: string;
	start: string;
	end: string;
	other_line: number | null;
	other_entry_id: string | null;
	other_start: string;
	other_end: string | null;
	resolution: 'refused' | 'skipped' | 'trimmed';
	lost_seconds: number;
	date: string;
}

export interface ImportRefusal {
	line: number;
	column: string | null;
	code: string;
	detail: string;
	value: string | null;
}

export interface ImportReport {
	import_id: string;
	source: ImportSource;
	dry_run: boolean;
	time_zone: string;
	date_order: DateOrder;
	delimiter: string;
	rows: {
		total: number;
		ready: number;
		already_imported: number;
		refused: number;
		skipped: number;
		trimmed: number;
	};
	members: ImportedMember[];
	new: { members: string[]; projects: string[]; clients: string[]; tags: string[] };
	overlaps: ImportOverlap[];
	refused: ImportRefusal[];
	total_seconds: number;
}

export interface ImportRecord {
	id: string;
	source: ImportSource;
	file_name: string;
	created_at: string;
	member_id: string;
	entries: number;
	seconds: number;
	/** Null where the import was cut short: the same file again completes it. */
	finished_at: string | null;
	undone_at: string | null;
}

/** How the server is, as far as pages show it. */
export interface Health {
	version: string;
	checks: { zone_data: string };
}

/** One fault of a request, with a JSON pointer to the field. */
export interface ProblemField {
	pointer: string;
	detail: string;
}

/** RFC 9457, as every error of the API comes. */
export interface Problem {
	type?: string;
	title: string;
	status: number;
	detail: string;
	code: string;
	request_id?: string;
	errors?: ProblemField[];
	/** The obstacle: the open entry, or the one that would overlap. */
	entry?: Entry;
	/** The version in force, where an edit met a stale one. */
	current?: Entry | string | number;
}
