import { organisation, type Member, type Role } from '#lib/api/index.ts';

/** The organisation's members as the team page shows them. Changes are shown at once and put back where refused. */
export class Team {
	members = $state.raw<Member[] | null>(null);
	error = $state.raw<unknown>(null);

	async load(): Promise<void> {
		try {
			this.members = await organisation.members();
			this.error = null;
		} catch (error) {
			this.error = error;
		}
	}

	/** The member as they are now. */
	get(id: string): Member | null {
		return this.members?.find((member) => member.id === id) ?? null;
	}

	put(member: Member): void {
		const others = (this.members ?? []).filter(({ id }) => id !== member.id);
		this.members = [...others, member];
	}

	/** @throws what the server refused; the page then shows what was before, or what somebody else made of it. */
	async change(id: string, change: { role?: Role; archived?: boolean }): Promise<void> {
		const before = this.get(id);
		if (!before) return;
		this.put({ ...before, ...change });
		try {
			this.put(await organisation.changeMember(before, change));
		} catch (error) {
			this.put(before);
			await this.load();
			throw error;
		}
	}

	/** @throws what the server refused, or could not finish; the page then shows how far that came. */
	async erase(id: string): Promise<void> {
		try {
			this.put(await organisation.eraseMember(id));
		} catch (error) {
			await this.load();
			throw error;
		}
	}
}
