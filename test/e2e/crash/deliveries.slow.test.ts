import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { openReceiver, type Behaviour } from '../../support/delivery/receiver.ts'
import { seed } from '../../support/delivery/seed.ts'
import { ADMIN_KEY, atEnd, linkedGateway } from '../../support/gateway/gateway.ts'
import { withOurNode } from '../../support/command.ts'
import { ROOT } from '../../support/paths.ts'
import { freePort } from '../../support/ports.ts'
import { stateSetting } from '../../support/state-url.ts'
import { until } from '../../support/wait.ts'

const KILLS = 20
const CHATS = 200
const EACH = 50

/** Fails in three of ten cases, in one of four ways. */
const unreliable: Behaviour = (_, answer) => {
	const chance = randomInt(100)
	if (chance < 10) return 503
	if (chance < 20) return 404
	if (chance < 28) return void answer.socket?.destroy()
	if (chance >= 30) return 204
	// Says nothing.
}

test(`of ${CHATS * EACH} events, to a receiver that fails at 30 % and over ${KILLS} kills, none is lost or out of its chat's order`, async (t) => {
	const { gateway, sandbox, owner, ada } = await linkedGateway(t)
	const { dataDir } = gateway
	const { events, commit, ...journal } = await gateway.sessions.get('main').journal()
	const begin = events.last()
	await seed({ ...journal, events, commit }, CHATS, EACH)
	await gateway.stop()

	const taken = new Map<string, any>()
	const receiver = await openReceiver(t, (post, answer) => {
		const status = unreliable(post, answer)
		if (status === 204 && !taken.has(post.event.id)) taken.set(post.event.id, post.event)
		return status
	})
	const port = await freePort()
	const state = await stateSetting(dataDir)
	let child: ChildProcess | undefined
	let output = ''
	const start = () => {
		child = spawn(process.execPath, [join(ROOT, 'test/e2e/crash/support/impatient-gateway.ts')], {
			env: withOurNode({
				...process.env,
				ADMIN_KEY,
				DATA_DIR: dataDir,
				LOG_LEVEL: 'error',
				PORT: String(port),
				WEBHOOK_ALLOW: '127.0.0.1',
				WHATSAPP_WS_URL: sandbox.wsUrl,
				WHATSAPP_NOISE_ROOT: sandbox.noiseRoot,
				...state,
			}),
			stdio: ['ignore', 'pipe', 'pipe'],
		})
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (data) => (output = `${output}${data}`.slice(-2000)))
	}
	atEnd(t, () => child?.kill('SIGKILL'))
	const request = async (method: string, path: string, body?: object): Promise<any> => {
		const url = `http://127.0.0.1:${port}/api/v1/sessions/main${path}`
		const headers = { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' }
		const response = await fetch(url, {
			method,
			headers,
			...(body && { body: JSON.stringify(body) }),
		})
		return response.json()
	}
	const answers = () =>
		until(`the gateway answers: ${output}`, () => request('GET', '').catch(() => undefined))

	start()
	await answers()
	const hook = { url: receiver.url, events: ['message.received'], from: begin }
	const { id } = await request('POST', '/webhooks', hook)

	let isGoing = true
	const said: string[] = []
	const talk = (async () => {
		while (isGoing) {
			await ada.says(`live ${said.length}`, { to: owner })
			said.push(`live ${said.length}`)
			await until('a moment has passed', () => randomInt(10) === 0)
		}
	})()
	for (let kill = 0; kill < KILLS; kill++) {
		const count = taken.size
		const more = randomInt(50, (CHATS * EACH) / KILLS)
		await until(`some are taken: ${output}`, () => taken.size >= count + more, { timeout: 60_000 })
		child!.kill('SIGKILL')
		await once(child!, 'exit')
		start()
	}
	isGoing = false
	await talk
	await answers()
	const total = CHATS * EACH + said.length
	await until(`all are taken: ${output}`, () => taken.size >= total, { timeout: 120_000 })
	await until('nothing waits', async () => {
		const { delivery } = await request('GET', `/webhooks/${id}`)
		return delivery.pending === 0 && delivery.dead === 0
	})

	const log: any[] = []
	for (let after = begin, page = [] as any[]; ; after = page.at(-1).seq) {
		page = (await request('GET', `/events?after=${after}&limit=1000`)).events
		if (page.length === 0) break
		log.push(...page.filter(({ type }) => type === 'message.received'))
	}
	assert.deepEqual(
		[...taken.keys()].sort(),
		log.map(({ id }) => id).sort(),
		'what is in the log was taken, and nothing else',
	)
	const perChat = new Map<string, string[]>()
	for (const { data } of taken.values())
		perChat.set(data.chat.id, [...(perChat.get(data.chat.id) ?? []), data.text])
	assert.equal(perChat.size, CHATS + 1)
	for (const texts of perChat.values()) {
		const isLive = texts[0]!.startsWith('live')
		assert.deepEqual(texts, isLive ? said : Array.from({ length: EACH }, (_, n) => String(n)))
	}
	const bodies = new Map<unknown, string>()
	for (const { headers, raw } of receiver.posts) {
		const first = bodies.get(headers['webhook-id'])
		assert.ok(first === undefined || first === raw, 'a repetition has the same bytes')
		bodies.set(headers['webhook-id'], raw)
	}
	assert.equal(bodies.size, total)
	t.diagnostic(`${total} events, ${receiver.posts.length} attempts, ${said.length} of them live`)
})
