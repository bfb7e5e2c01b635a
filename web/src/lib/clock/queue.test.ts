import 'fake-indexeddb/auto';
import { describe, expect, test } from 'vitest';
import { RefusedError, UnreachableError } from '#lib/api/request.ts';
import type { ClockAnswer, ClockCommand } from '#lib/api/types.ts';
import { ClockQueue } from './queue.ts';

const anna = 'anna';
const at = (minute: number) => `2026-06-15T08:${String(minute).padStart(2, '0')}:00+02:00`;
const clockIn = { action: 'in', at: at(0) } as const;
const clockOut = { action: 'out', at: at(30) } as const;

/** A server that says what it is told to, and remembers every try. */
class Server {
	tries: { body: ClockCommand; key: string }[] = [];
	replies: (Error | 'ok')[] = [];
	readonly send = async (body: ClockCommand, key: string): Promise<ClockAnswer> => {
		this.tries.push({ body, key });
		const reply = this.replies.shift() ?? 'ok';
		if (reply !== 'ok') throw reply;
		return { entry: { note: key }, status: {} } as ClockAnswer;
	};
}

let databases = 0;
function fresh(server: Server, mayStillSend = () => true) {
	const name = `queue-${databases++}`;
	return {
		queue: new ClockQueue(server.send, mayStillSend, name),
		again: () => new ClockQueue(server.send, mayStillSend, name)
	};
}
const refusal = (status: number, code: string, retryAfter: number | null = null) =>
	new RefusedError({ title: code, status, code, detail: '' }, retryAfter);

describe('the clock queue', () => {
	test('sends the oldest first and forgets what was answered', async () => {
		const server = new Server();
		const { queue } = fresh(server);
		await queue.add(anna, clockIn);
		await queue.add(anna, clockOut);
		const { answers, stop } = await queue.drain(anna);
		expect(server.tries.map(({ body }) => body.action)).toEqual(['in', 'out']);
		expect(answers).toHaveLength(2);
		expect(stop).toBeNull();
		expect(await queue.list(anna)).toEqual([]);
	});

	test.each([
		['no connection', new UnreachableError(''), { why: 'unreachable' }],
		['an ended session', refusal(401, 'not_signed_in'), { why: 'signed_out' }],
		['too many requests', refusal(429, 'too_many', 17), { why: 'busy', retryAfterSeconds: 17 }],
		['a failing server', refusal(503, 'unavailable'), { why: 'busy', retryAfterSeconds: null }],
		['a lost race', refusal(409, 'conflict'), { why: 'busy', retryAfterSeconds: null }]
	])('%s keeps the command, its id, its time and its place', async (_, failure, stop) => {
		const server = new Server();
		const { queue, again } = fresh(server);
		await queue.add(anna, clockIn);
		await queue.add(anna, clockOut);
		server.replies = [failure];
		expect((await queue.drain(anna)).stop).toEqual(stop);
		expect(server.tries).toHaveLength(1);

		// As after a reload: another queue on the same device.
		const reloaded = again();
		expect(await reloaded.list(anna)).toHaveLength(2);
		await reloaded.drain(anna);
		const [first, second, third] = server.tries;
		expect(second).toEqual(first);
		expect(second!.body.at).toBe(clockIn.at);
		expect(third!.body.action).toBe('out');
		expect(third!.key).not.toBe(first!.key);
	});

	test('a refused command stays until it is dismissed, and what follows it is sent', async () => {
		const server = new Server();
		const { queue } = fresh(server);
		await queue.add(anna, clockIn);
		await queue.add(anna, clockOut);
		server.replies = [refusal(409, 'already_clocked_in'), 'ok'];
		const { refused, answers } = await queue.drain(anna);
		expect(refused.map(({ refused: problem }) => problem!.code)).toEqual(['already_clocked_in']);
		expect(answers).toHaveLength(1);

		const [left, ...others] = await queue.list(anna);
		expect(others).toEqual([]);
		await queue.drain(anna);
		expect(server.tries).toHaveLength(2);
		await queue.dismiss(left!.sequence);
		expect(await queue.list(anna)).toEqual([]);
	});

	test('a command that loses its race five times is shown as refused, over reloads too', async () => {
		const server = new Server();
		const { queue, again } = fresh(server);
		await queue.add(anna, clockIn);
		await queue.add(anna, clockOut);
		for (let lost = 1; lost < 5; lost += 1) {
			server.replies = [refusal(409, 'conflict')];
			expect(await again().drain(anna)).toMatchObject({ refused: [], stop: { why: 'busy' } });
		}
		server.replies = [refusal(409, 'conflict'), 'ok'];
		const { refused, answers, stop } = await again().drain(anna);
		expect(refused.map(({ refused: problem }) => problem!.code)).toEqual(['conflict']);
		expect(answers).toHaveLength(1);
		expect(stop).toBeNull();
		expect(new Set(server.tries.slice(0, 5).map(({ key }) => key)).size).toBe(1);
	});

	test('a waiting command cannot be dismissed', async () => {
		const { queue } = fresh(new Server());
		await queue.add(anna, clockIn);
		const [waiting] = await queue.list(anna);
		await queue.dismiss(waiting!.sequence);
		expect(await queue.list(anna)).toHaveLength(1);
	});

	test('the commands of one member are neither shown to another nor sent in their session', async () => {
		const server = new Server();
		const { queue } = fresh(server);
		await queue.add(anna, clockIn);
		expect(await queue.list('tom')).toEqual([]);
		await queue.drain('tom');
		expect(server.tries).toEqual([]);
		expect(await queue.list(anna)).toHaveLength(1);
	});

	test('when another tab signs someone else in, sending stops before the next command', async () => {
		const server = new Server();
		let asked = 0;
		const { queue } = fresh(server, () => ++asked === 1);
		await queue.add(anna, clockIn);
		await queue.add(anna, clockOut);
		expect((await queue.drain(anna)).stop).toEqual({ why: 'signed_out' });
		expect(server.tries).toHaveLength(1);
		expect(await queue.list(anna)).toHaveLength(1);
	});

	test('two tabs that drain at once send each command once, in order', async () => {
		const server = new Server();
		const { queue, again } = fresh(server);
		for (let minute = 0; minute < 10; minute += 1)
			await queue.add(anna, { action: minute % 2 ? 'out' : 'in', at: at(minute) });
		await Promise.all([queue.drain(anna), again().drain(anna), queue.drain(anna)]);
		expect(server.tries.map(({ body }) => body.at)).toEqual(
			Array.from({ length: 10 }, (_, minute) => at(minute))
		);
	});

	test('a failure that is a defect of ours is not taken for an answer', async () => {
		const server = new Server();
		const { queue } = fresh(server);
		await queue.add(anna, clockIn);
		server.replies = [new TypeError('a defect')];
		await expect(queue.drain(anna)).rejects.toThrow('a defect');
		expect(await queue.list(anna)).toHaveLength(1);
	});
});
