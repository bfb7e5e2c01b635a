import { apiUrl, RefusedError, request } from './request.ts';
import type {
	Client,
	InvitationLink,
	Member,
	MemberAdded,
	NewMember,
	Organisation,
	OrganisationChange,
	Project,
	Tag
} from './types.ts';

type Versioned = { id: string; version: number };

export async function change(
	organisation: Pick<Organisation, 'version'>,
	body: OrganisationChange
): Promise<Organisation> {
	return (await request<Organisation>('PATCH', '/organisation', { body, ifMatch: organisation.version }))
		.data;
}

export async function projects(): Promise<Project[]> {
	return (await request<{ projects: Project[] }>('GET', '/projects')).data.projects;
}

export async function createProject(body: {
	name: string;
	client_id?: string | null;
	color?: number;
	billable?: boolean;
}): Promise<Project> {
	return (await request<Project>('POST', '/projects', { body })).data;
}

export async function changeProject(
	project: Versioned,
	body: Partial<Pick<Project, 'name' | 'client_id' | 'color' | 'billable' | 'archived'>>
): Promise<Project> {
	return (await request<Project>('PATCH', `/projects/${project.id}`, { body, ifMatch: project.version }))
		.data;
}

export async function clients(): Promise<Client[]> {
	return (await request<{ clients: Client[] }>('GET', '/clients')).data.clients;
}

export async function createClient(body: { name: string }): Promise<Client> {
	return (await request<Client>('POST', '/clients', { body })).data;
}

export async function changeClient(
	client: Versioned,
	body: Partial<Pick<Client, 'name' | 'archived'>>
): Promise<Client> {
	return (await request<Client>('PATCH', `/clients/${client.id}`, { body, ifMatch: client.version })).data;
}

export async function tags(): Promise<Tag[]> {
	return (await request<{ tags: Tag[] }>('GET', '/tags')).data.tags;
}

export async function createTag(body: { name: string }): Promise<Tag> {
	return (await request<Tag>('POST', '/tags', { body })).data;
}

export async function changeTag(tag: Versioned, body: Partial<Pick<Tag, 'name' | 'archived'>>): Promise<Tag> {
	return (await request<Tag>('PATCH', `/tags/${tag.id}`, { body, ifMatch: tag.version })).data;
}

/** Members see only themselves; managers and above see everyone. */
export async function members(): Promise<Member[]> {
	return (await request<{ members: Member[] }>('GET', '/members')).data.members;
}

export async function addMember(body: NewMember): Promise<MemberAdded> {
	return (await request<MemberAdded>('POST', '/members', { body })).data;
}

export async function changeMember(
	member: Versioned,
	body: Partial<Pick<Member, 'name' | 'role' | 'archived'>>
): Promise<Member> {
	return (await request<Member>('PATCH', `/members/${member.id}`, { body, ifMatch: member.version })).data;
}

/** For ever. Sent again it finishes what was interrupted, so each time it is a command of its own. */
export async function eraseMember(memberId: string): Promise<Member> {
	return (await request<Member>('POST', `/members/${memberId}/erasure`)).data;
}

export async function invite(memberId: string, email?: string): Promise<InvitationLink> {
	return (await request<InvitationLink>('POST', `/members/${memberId}/invitation`, { body: { email } })).data;
}

/** Where the browser downloads a signed checkpoint from. */
export function checkpointUrl(): string {
	return apiUrl('/checkpoint');
}

/** Whether this server has a key, without which it signs no checkpoints. */
export async function signsCheckpoints(): Promise<boolean> {
	try {
		await request<string>('GET', '/checkpoint', { answer: 'text' });
		return true;
	} catch (error) {
		if (error instanceof RefusedError && error.status === 404) return false;
		throw error;
	}
}
