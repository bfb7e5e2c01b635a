import { request } from './request.ts';
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

export async function invite(memberId: string, email?: string): Promise<InvitationLink> {
	return (await request<InvitationLink>('POST', `/members/${memberId}/invitation`, { body: { email } })).data;
}
