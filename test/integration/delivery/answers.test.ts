import assert from 'node:assert/strict'
import { once } from 'node:events'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { test, type TestContext } from 'node:test'
import { atEnd } from '../../support/gateway/gateway.ts'
import { addHook, seededGateway } from '../../support/delivery/world.ts'
import { until } from '../../support/wait.ts'

type Behaviour = (answer: ServerResponse) => void

/** Writes a little every few milliseconds, as long as it is listened to. */
const dribble =
	(status: number, headers = {}): Behaviour =>
	(answer) => {
		answer.writeHead(status, headers).write('one drop')
		const timer = setInterval(() => answer.write('.'), 5)
		answer.on('close', () => clearInterval(timer))
	}

/** Writes as fast as it is read, without end. */
const flood =
	(status: number, headers = {}): Behaviour =>
	(answer) => {
		const pour = () => {
			while (!answer.destroyed && answer.write(Buffer.alloc(64 * 1024, 'x')));
		}
		answer.writeHead(status, headers)
		answer.on('drain', pour)
		pour()
	}

const whole =
	(status: number, body = '', headers = {}): Behaviour =>
	(answer) =>
		answer.writeHead(status, headers).end(body)

type Row = {
	how: string
	behaviour: Behaviour
	/** Why it does not count as accepted. */
	why?: string
	/** Its connections are used again. */
	isReused?: boolean
	/** What a test event shows of the answer. */
	shown?: RegExp
}

const rows: Row[] = [
	{ how: '204', behaviour: whole(204), isReused: true },
	{
		how: '200 without a body',
		behaviour: whole(200, '', { 'content-length': 0 }),
		isReused: true,
	},
	{ how: '200 with a body', behaviour: whole(200, 'ok'), isReused: true, shown: /^ok$/ },
	{
		how: '200 in chunks',
		behaviour: (answer) => (answer.write('o'), answer.end('k')),
		isReused: true,
		shown: /^ok$/,
	},
	{
		how: '201 with 60 KB',
		behaviour: whole(201, 'x'.repeat(60_000)),
		isReused: true,
		shown: /^x{200}$/,
	},
	{ how: '200 and closes', behaviour: whole(200, 'ok', { connection: 'close' }), shown: /^ok$/ },
	{ how: '200, its body dribbles', behaviour: dribble(200), shown: /^one drop\.*$/ },
	{ how: '202, its body never ends', behaviour: flood(202), shown: /^x{200}$/ },
	{
		how: '200, its body does not begin',
		behaviour: (answer) => answer.writeHead(200).flushHeaders(),
	},
	{
		how: '200, its body is shorter than it says, and it waits',
		behaviour: (answer) => void answer.writeHead(200, { 'content-length': 100 }).write('less'),
		shown: /^less$/,
	},
	{
		how: '200, its body is shorter than it says, and it hangs up',
		behaviour: (answer) => {
			answer.writeHead(200, { 'content-length': 100 })
			answer.write('less', () => answer.destroy())
		},
		shown: /^less$/,
	},
	{ how: '302', behaviour: whole(302, '', { location: '/' }), why: 'answered 302', isReused: true },
	{
		how: '307, its body dribbles',
		behaviour: dribble(307, { location: '/' }),
		why: 'answered 307',
		shown: /^one drop\.*$/,
	},
	{
		how: '400 with a reason',
		behaviour: whole(400, 'no such workflow'),
		why: 'answered 400',
		isReused: true,
		shown: /^no such workflow$/,
	},
	{
		how: '400, its body dribbles',
		behaviour: dribble(400),
		why: 'answered 400',
		shown: /^one drop\.*$/,
	},
	{
		how: '500 with 10 MB',
		behaviour: flood(500, { 'content-length': 10_000_000 }),
		why: 'answered 500',
		shown: /^x{200}$/,
	},
	{
		how: '501, its body does not begin',
		behaviour: (answer) => answer.writeHead(501).flushHeaders(),
		why: 'answered 501',
	},
]

async function openTarget(t: TestContext, behaviour: Behaviour) {
	let connections = 0
	let answering = 0
	const server = createServer((incoming, answer) => {
		answering++
		answer.on('close', () => answering--)
		void buffer(incoming).then(() => behaviour(answer))
	})
	server.on('connection', (socket) => {
		connections++
		socket.on('error', () => {})
	})
	// On a busy machine, a connection is not to be closed between two events.
	server.keepAliveTimeout = 600_000
	server.listen(0, '127.0.0.1')
	await once(server, 'listening')
	atEnd(t, () => {
		server.close()
		server.closeAllConnections()
	})
	const { port } = server.address() as AddressInfo
	return {
		url: `http://127.0.0.1:${port}/`,
		connections: () => connections,
		/** Answers that are neither whole nor broken off. */
		answering: () => answering,
	}
}

const EVENTS = 5
// An answer that is waited for to its end takes ten minutes, and the tests fail before.
const schedule = { timeoutMs: 600_000, waits: [0, 1], downAfter: { failures: 1000, chats: 1000 } }

test('an answer counts as soon as its headers are there, whatever its body does', async (t) => {
	const { gateway, begin } = await seededGateway(t, 1, EVENTS, { delivery: { schedule } })
	const check = async ({ how, behaviour, why, isReused, shown = /^$/ }: Row) => {
		const target = await openTarget(t, behaviour)
		const hook = await addHook(gateway, target.url, { from: begin })
		await hook.drained()
		const { deliveries } = await hook.deliveries('dead')
		const reasons = deliveries.map((delivery: { why: string }) => delivery.why)
		assert.deepEqual(reasons, why ? Array(EVENTS).fill(why) : [], how)
		// The next attempt may be made before the end of a body, over a second connection.
		if (isReused) assert.ok(target.connections() <= 2, `${how}: its connection is used again`)
		await until(`${how}: no answer goes on`, () => target.answering() === 0)
		const { body } = await gateway.request('POST', `${hook.path}/test`)
		assert.deepEqual([body.taken, body.why], [!why, why ?? null], how)
		assert.match(body.answer, shown, how)
	}
	await Promise.all(rows.map(check))
})
