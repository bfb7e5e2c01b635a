/**
 * The shapes of the API under the names that pages use. They come from the server's own description: `npm run types`
 * writes `schema.d.ts` from `openapi.json`, and a test fails where the two differ. Times are RFC 3339 with offset, civil
 * dates `YYYY-MM-DD`, durations whole seconds, ids UUIDs. Where a type says more than its schema, it says why.
 */
import type { components, operations } from './schema.d.ts';

type Schemas = components['schemas'];
type Query<Operation extends keyof operations> = NonNullable<operations[Operation]['parameters']['query']>;

export type Role = Schemas['Role'];
export type Locale = Schemas['Locale'];
export type DurationFormat = Schemas['DurationFormat'];
export type EntrySource = Schemas['EntrySource'];
export type ClockAction = Schemas['ClockAction'];

/** A later server may sign in elsewhere; this one knows local accounts only. */
export type SignInConfiguration = Omit<Schemas['AuthConfiguration'], 'provider'> & {
	provider: Schemas['AuthConfiguration']['provider'] | 'oidc';
};
export type SignUp = Schemas['SignUpBody'];
export type Invitation = Schemas['InvitationOffer'];
export type Session = Schemas['Session'];
export type Member = Schemas['Member'];
export type Organisation = Schemas['Organisation'];
export type Me = Schemas['Me'];
export type MeChange = Schemas['EditMeBody'];
export type OrganisationChange = Schemas['OrganisationPatch'];

export type Entry = Schemas['Entry'];
/** No time is now; the page leaves it out where the API would take null as well. */
export type ClockCommand = Schemas['ClockBody'] & { at?: string };
export type Status = Schemas['Status'];
export type ClockAnswer = Schemas['ClockAnswer'];
export type TimesheetQuery = Query<'list_timesheet'>;
export type DayTotal = Schemas['DaySeconds'];
export type Timesheet = Schemas['Timesheet'];
/** What `PUT /timesheets/{id}` takes: the whole entry, so leaving a field out empties it. */
export type EntryFields = Schemas['EntryBody'];
/** The clock alone opens entries. */
export type NewEntry = Schemas['NewEntryBody'] & { end: string };
export type HistoryRecord = Schemas['HistoryRecord'];
export type EntryHistory = Schemas['History'];

export type ReportGroup = 'date' | 'project' | 'client' | 'member' | 'tag';
/** The groups as a list; the address has them with commas between. */
export type ReportQuery = Omit<Query<'show_report'>, 'group_by'> & { group_by: ReportGroup[] };
/** The same filters as a report's; without dates it is all that there is. */
export type ExportQuery = Omit<Query<'export'>, 'format'>;
export type ReportRow = Schemas['ReportRow'];
export type Report = Schemas['Report'];

export type Project = Schemas['Project'];
export type Client = Schemas['Client'];
export type Tag = Schemas['Tag'];
export type NewMember = Schemas['NewMemberBody'];
export type InvitationLink = Schemas['InvitationLink'];
export type MemberAdded = Schemas['NewMemberAnswer'];

/** The page always says everything, so that what it shows is what is asked; `upload` is this module's own business. */
export type ImportOptions = Required<Omit<Query<'import'>, 'upload'>>;
export type UploadOffer = Schemas['UploadOffer'];
export type ImportSource = ImportOptions['source'];
export type DateOrder = ImportOptions['date_order'];
export type OverlapRule = ImportOptions['overlaps'];
export type ImportedDay = Schemas['ImportDay'];
export type ImportedMember = Schemas['ImportMember'];
/** The schema has any text for the resolution. */
export type ImportOverlap = Schemas['ImportOverlap'] & { resolution: 'refused' | 'skipped' | 'trimmed' };
export type ImportRefusal = Schemas['ImportRefusal'];
export type ImportReport = Omit<Schemas['ImportReport'], 'overlaps'> & { overlaps: ImportOverlap[] };
export type ImportRecord = Schemas['Import'];

export type Health = Schemas['Health'];

/** One fault of a request, with a JSON pointer to the field. */
export type ProblemField = Schemas['ProblemField'];
/** RFC 9457, as every error of the API comes; what answers in the server's place says less, and has other codes. */
export type Problem = Partial<Omit<Schemas['Problem'], 'code'>> &
	Pick<Schemas['Problem'], 'title' | 'status' | 'detail'> & { code: string };
