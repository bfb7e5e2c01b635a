import { organisation, type Client, type Project, type Tag } from '#lib/api/index.ts';

const STORED = 'vibesheets.projects';

interface Lists {
	projects: Project[];
	clients: Client[];
	tags: Tag[];
}

/** The organisation's projects, clients and tags: loaded once, shared by all pages, kept for offline starts. */
class ProjectCatalogue {
	#lists = $state.raw<Lists>({ projects: [], clients: [], tags: [] });
	loaded = $state(false);

	readonly #byId = $derived(new Map(this.#lists.projects.map((project) => [project.id, project])));
	readonly #clientsById = $derived(new Map(this.#lists.clients.map((client) => [client.id, client])));
	/** What time can be booked on now, by name. */
	readonly active = $derived(byName(this.#lists.projects.filter((project) => !project.archived)));

	get all(): Project[] {
		return this.#lists.projects;
	}
	get clients(): Client[] {
		return this.#lists.clients;
	}
	get tags(): Tag[] {
		return this.#lists.tags;
	}

	project(id: string | null | undefined): Project | null {
		return (id && this.#byId.get(id)) || null;
	}

	client(id: string | null | undefined): Client | null {
		return (id && this.#clientsById.get(id)) || null;
	}

	/** Loads the lists anew; a failure leaves what was there. */
	async load(): Promise<void> {
		const stored = this.loaded ? null : localStorage.getItem(STORED);
		if (stored) this.#lists = JSON.parse(stored) as Lists;
		const [projects, clients, tags] = await Promise.all([
			organisation.projects(),
			organisation.clients(),
			organisation.tags()
		]);
		this.#lists = { projects, clients, tags };
		this.loaded = true;
		localStorage.setItem(STORED, JSON.stringify(this.#lists));
	}

	/** Puts a project that was just made or changed into the list. */
	put(project: Project): void {
		const others = this.#lists.projects.filter((other) => other.id !== project.id);
		this.#lists = { ...this.#lists, projects: [...others, project] };
	}

	putClient(client: Client): void {
		const others = this.#lists.clients.filter((other) => other.id !== client.id);
		this.#lists = { ...this.#lists, clients: [...others, client] };
	}

	putTag(tag: Tag): void {
		const others = this.#lists.tags.filter((other) => other.id !== tag.id);
		this.#lists = { ...this.#lists, tags: [...others, tag] };
	}

	/** Nothing of one organisation is shown to the next who signs in. */
	forget(): void {
		this.#lists = { projects: [], clients: [], tags: [] };
		this.loaded = false;
		localStorage.removeItem(STORED);
	}
}

function byName<T extends { name: string }>(list: T[]): T[] {
	return [...list].sort((one, other) => one.name.localeCompare(other.name));
}

export const projects = new ProjectCatalogue();
