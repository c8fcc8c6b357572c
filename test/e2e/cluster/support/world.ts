import assert from 'node:assert/strict'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { startSandbox, type Phone } from '../../../../gateway/src/sandbox/index.ts'
import { textOf } from '../../../../gateway/src/sandbox/phone/inbox.ts'
import { clientRequest } from '../../../support/client-request.ts'
import { atEnd, temporaryDirectory } from '../../../support/directories.ts'
import { ADMIN_KEY, startGateway, type Gateway } from '../../../support/gateway-process.ts'
import { freePort } from '../../../support/ports.ts'
import pg from 'pg'
import { openPostgres } from '../../../support/postgres.ts'
import { until } from '../../../support/wait.ts'

const ATTEMPT_MS = 15_000
/** Between an attempt that had no outcome and the next one. */
const BETWEEN_MS = 200
/** Look-ups within so long share one query. */
const TOGETHER_MS = 50
/** On a busy machine: handshakes, and starts of processes. */
const PATIENCE = { timeout: 120_000 }
/** Answers after which a careful client asks again, with the same idempotency key. */
const AGAIN = [202, 404, 409, 421, 502, 503, 504, 507]

/** A session of the cluster: its phone, and a person who writes to it and is written to. */
type Line = {
	id: string
	shop: Phone
	person: Phone
	said: string[]
	sent: string[]
	/** The longest time in which a send had no answer, in milliseconds. */
	longestMs: number
}

export type ClusterNode = Gateway & { name: string; address: string; log: string }

/** A PostgreSQL, a simulated WhatsApp, and gateways that share both. */
export async function openClusterWorld(t: TestContext) {
	const server = await openPostgres(t)
	const url = await server.database()
	const sandbox = await startSandbox({ servesControl: true })
	// A new device that has none makes 812 keys, which takes longer than all the rest of a link.
	sandbox.whatsapp.preKeysOfNewDevices = 1
	atEnd(t, () => sandbox.close())
	const sandboxUrl = sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', '')
	const nodes = new Map<string, ClusterNode>()
	const lines: Line[] = []
	const logs = await temporaryDirectory(t)
	let started = 0

	const pool = new pg.Pool({ connectionString: url, max: 4 })
	pool.on('error', () => {})
	atEnd(t, () => pool.end())
	const sql = async <Row extends object>(text: string, values: unknown[] = []) =>
		(await pool.query<Row>(text, values)).rows
	/** Where each session was found last. */
	const known = new Map<string, string>()
	let looking: ReturnType<typeof owners> | undefined

	/**
	 * Starts another gateway of the cluster.
	 * @param way the address by which it reaches the simulated WhatsApp
	 * @param port where clients reach it
	 */
	async function start(
		env: Record<string, string> = {},
		way = sandboxUrl,
		port?: number,
	): Promise<ClusterNode> {
		const name = `node-${++started}`
		const address = `http://127.0.0.1:${await freePort()}`
		const log = join(logs, `${name}.log`)
		const gateway = await startGateway({
			dataDir: await temporaryDirectory(t),
			log,
			sandbox: way,
			...(port !== undefined && { port }),
			env: {
				STATE_URL: url,
				CLUSTER_KEY: 'only-for-tests-of-several-gateways',
				NODE_NAME: name,
				NODE_ADDRESS: address,
				GOVERNOR: 'off',
				LOG_LEVEL: 'info',
				SEND_TIMEOUT: '5',
				...env,
			},
		})
		const node = { ...gateway, name, address, log }
		nodes.set(address, node)
		atEnd(t, async () => {
			gateway.process.kill('SIGCONT')
			await gateway.kill()
		})
		return node
	}

	/** Which node has which session: its address, null where none has. */
	async function owners(): Promise<Map<string, string | null>> {
		const rows = await sql<{ id: string; address: string | null }>(
			`select s.id, n.address from wag.session s left join wag.node n on n.id = s.holder and not n.dead`,
		)
		return new Map(rows.map(({ id, address }) => [id, address]))
	}

	/** The owner of each session, by one query for all clients that ask within a moment: a hundred clients would use a whole core. */
	function lookUp(): Promise<Map<string, string | null>> {
		looking ??= pause(TOGETHER_MS).then(() => {
			looking = undefined
			// While PostgreSQL is away clients do not know.
			return owners().catch(() => new Map<string, null>())
		})
		return looking
	}

	/** A node that takes sessions, as a balancer finds one. */
	async function anyAddress(): Promise<string | undefined> {
		const rows = await sql<{ address: string }>(
			'select address from wag.node where not dead and not drains and expires > clock_timestamp()',
		).catch(() => [])
		return rows[Math.floor(Math.random() * rows.length)]?.address
	}

	/** The node that has a session, or any that waits until one has it. */
	async function addressFor(session: string): Promise<string> {
		const owner = (await lookUp()).get(session) ?? null
		if (owner) known.set(session, owner)
		return owner ?? (await anyAddress()) ?? ''
	}

	/** The answer of the node that has a session; undefined without an answer. */
	async function request(
		session: string,
		method: string,
		path: string,
		body?: object,
		key?: string,
	) {
		const node = nodes.get(known.get(session) ?? (await addressFor(session)))
		const response = await (node &&
			fetch(`${node.url}/api/v1/sessions/${session}${path}`, {
				...clientRequest(ADMIN_KEY, method, body, key),
				signal: AbortSignal.timeout(ATTEMPT_MS),
			}).catch(() => undefined))
		if (!response?.ok) known.delete(session)
		if (!response) return undefined
		const text = await response.text().catch(() => undefined)
		if (text === undefined) return undefined
		return { status: response.status, body: (text ? JSON.parse(text) : undefined) as any }
	}

	const isOpen = async (session: string) =>
		(await request(session, 'GET', ''))?.body.status === 'open'

	/** Waits until every session is open at a node. */
	async function untilAllOpen(ids = lines.map(({ id }) => id)): Promise<void> {
		for (const id of ids) await until(`session ${id} is open`, () => isOpen(id), PATIENCE)
	}

	/** Waits until other nodes have every session of a node that has ended. */
	async function untilTakenOver({ address }: ClusterNode): Promise<void> {
		const areElsewhere = async () =>
			[...(await owners()).values()].every((owner) => owner !== null && owner !== address)
		await until('its sessions are at the others', areElsewhere, PATIENCE)
	}

	/** Makes sessions at a node, each linked to a phone of its own. */
	async function link(node: ClusterNode, count: number): Promise<void> {
		const first = lines.length + 1
		await Promise.all(
			Array.from({ length: count }, async (_, n) => {
				const number = String(first + n).padStart(5, '0')
				const id = `s${number}`
				const shop = sandbox.phone(`4917000${number}`)
				const person = sandbox.phone(`90532${number}`)
				lines.push({ id, shop, person, said: [], sent: [], longestMs: 0 })
				await node.request('POST', '/api/v1/sessions', { id })
				const path = `/api/v1/sessions/${id}/qr`
				const { qr } = await node.request<{ qr: string }>('GET', path)
				shop.scans(qr)
				await until(`session ${id} is open`, () => isOpen(id), PATIENCE)
			}),
		)
	}

	/** Sends as a careful client does: again with the same key until there is an answer. */
	async function sendSurely(line: Line, text: string): Promise<void> {
		const begun = performance.now()
		for (;;) {
			const body = { to: line.person.account.phone, text }
			const answer = await request(line.id, 'POST', '/messages/text', body, text)
			line.longestMs = Math.max(line.longestMs, performance.now() - begun)
			if (answer?.status === 200) return
			if (answer && !AGAIN.includes(answer.status)) assert.fail(JSON.stringify(answer))
			await pause(BETWEEN_MS)
		}
	}

	/** Messages both ways in every session until `stop`, which resolves when each of them has an outcome. */
	function startTraffic(everyMs = 200) {
		let going = true
		const all = lines.flatMap((line) => {
			const writes = async () => {
				while (going) {
					line.sent.push(`out ${line.id} ${line.sent.length}`)
					await sendSurely(line, line.sent.at(-1)!)
					await pause(everyMs)
				}
			}
			const hears = async () => {
				while (going) {
					line.said.push(`in ${line.id} ${line.said.length}`)
					await line.person.says(line.said.at(-1)!, { to: line.shop })
					await pause(everyMs)
				}
			}
			return [writes(), hears()]
		})
		return {
			/** Waits until every session has sent: the first message to a person costs more. Earlier sends are not measured. */
			async underWay() {
				await until('each has sent', () => lines.every(({ sent }) => sent.length > 1), PATIENCE)
				for (const line of lines) line.longestMs = 0
			},
			async stop() {
				going = false
				await Promise.all(all)
				for (const { id, shop } of lines)
					await until(
						`nothing waits for ${id}`,
						() => shop.account.devices[1]!.queue.length === 0,
						PATIENCE,
					)
			},
		}
	}

	async function receivedBy({ id, person }: Line): Promise<string[]> {
		const texts: string[] = []
		for (let after = 0; ;) {
			const answer = await request(id, 'GET', `/events?after=${after}&limit=1000`)
			const { events } = answer!.body
			if (events.length === 0) return texts
			after = events.at(-1).seq
			for (const { type, data } of events)
				if (type === 'message.received' && data.sender?.phone === person.account.phone)
					texts.push(data.text)
		}
	}

	/** Every message came in and arrived once, in its order, and every phone has the device that it had. */
	async function assertNothingLost(): Promise<void> {
		for (const line of lines) {
			assert.deepEqual(await receivedBy(line), line.said, `${line.id} received each message once`)
			const arrived = line.person.inbox.entries.map(({ message }) => textOf(message))
			assert.deepEqual(arrived, line.sent, `each message of ${line.id} arrived once`)
			assert.equal(line.shop.account.devices.length, 2)
		}
	}

	/** How often WhatsApp has closed a connection because a later one came (440). */
	const replacements = () =>
		sandbox.whatsapp.log.list(
			({ direction, stanza }) =>
				direction === 'out' &&
				stanza.tag === 'stream:error' &&
				JSON.stringify(stanza).includes('replaced'),
		).length

	return {
		url,
		sql,
		/** Ends PostgreSQL, and starts it again. */
		engine: { stop: server.stop, start: server.start },
		sandbox,
		start,
		nodes,
		lines,
		owners,
		request,
		link,
		untilAllOpen,
		untilTakenOver,
		startTraffic,
		assertNothingLost,
		replacements,
		/** For people. */
		longest() {
			const all = lines.map(({ longestMs }) => Math.round(longestMs)).sort((a, b) => a - b)
			return `${all[Math.floor(all.length / 2)]} ms in the middle, ${all.at(-1)} ms at the most`
		},
		/** How many sessions each node has; `none` for those that no node has. */
		async spread(): Promise<Record<string, number>> {
			const counts: Record<string, number> = {}
			for (const address of (await owners()).values()) {
				const name = nodes.get(address ?? '')?.name ?? 'none'
				counts[name] = (counts[name] ?? 0) + 1
			}
			return counts
		},
	}
}
