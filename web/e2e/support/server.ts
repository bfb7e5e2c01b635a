import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';

const BINARY = resolve(
	process.env.VIBESHEETS_BIN ?? join(import.meta.dirname, '../../../target/debug/vibesheets')
);
const READY = /ready at (http:\/\/localhost:(\d+))/;

/** Who may sign up; or the demonstration, which brings a store of its own. */
type Mode = 'invite' | 'open' | 'demo';

/** The real program on a free port of the loopback, with a store of its own that goes away with it. */
export class Server {
	#folder: string;
	#mode: Mode;
	#process: ChildProcess | null = null;
	#port = 0;
	#said: string[] = [];
	url = '';

	private constructor(folder: string, mode: Mode) {
		this.#folder = folder;
		this.#mode = mode;
	}

	/** Where anyone may sign up, every test can found an organisation of its own on one server. */
	static async start(mode: Mode): Promise<Server> {
		if (!existsSync(BINARY))
			throw new Error(`${BINARY} is missing: run "cargo build -p vibesheets-cli", or set VIBESHEETS_BIN`);
		const server = new Server(await mkdtemp(join(tmpdir(), 'vibesheets-e2e-')), mode);
		await server.run();
		return server;
	}

	/** Starts the program, again on the same store and port where it ran before. */
	async run(): Promise<void> {
		const store = this.#mode === 'demo' ? ['--demo'] : ['--signup', this.#mode, '--store', 'sqlite:store.db'];
		const child = spawn(BINARY, ['serve', '--listen', `127.0.0.1:${this.#port}`, ...store], {
			cwd: this.#folder,
			stdio: ['ignore', 'pipe', 'pipe'],
			env: environment()
		});
		this.#process = child;
		const ready = new Promise<string>((found, failed) => {
			for (const stream of [child.stdout, child.stderr])
				createInterface(stream).on('line', (line) => {
					this.#said.push(line);
					if (READY.test(line)) found(line);
				});
			child.on('exit', (code) => failed(new Error(`it ended with ${code}:\n${this.#said.join('\n')}`)));
		});
		const [, url, port] = READY.exec(await ready)!;
		this.url = url!;
		this.#port = Number(port);
	}

	/** Ends the program as an operator would; the store stays. */
	async halt(): Promise<void> {
		const child = this.#process;
		this.#process = null;
		if (!child || child.exitCode !== null) return;
		const ended = once(child, 'exit');
		child.kill('SIGTERM');
		await ended;
	}

	async remove(): Promise<void> {
		await this.halt();
		await rm(this.#folder, { recursive: true });
	}
}

/** Settings of whoever runs the tests must not reach the server under test. */
function environment(): NodeJS.ProcessEnv {
	const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('VIBESHEETS_'));
	return Object.fromEntries(kept);
}
