import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, test } from 'node:test'
import { startSandbox, type Phone } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import { textOf } from '../../../gateway/src/sandbox/phone/inbox.ts'
import { ROOT } from '../../support/paths.ts'
import { freePort } from '../../support/ports.ts'
import { until } from '../../support/wait.ts'

/** `npm run test:kills` sets more. */
const KILLS = Number(process.env.KILLS ?? 50)
const ADMIN_KEY = 'only-for-tests-that-kill-gateways'
const POINTS = ['before commit', 'within commit', 'after commit', 'before frame', 'after frame']

let sandbox: Sandbox
let shop: Phone
let people: Phone[]
let port: number
let dataDir: string
let gateway: ChildProcess | undefined
let output = ''

before(async () => {
	sandbox = await startSandbox({ servesControl: true })
	shop = sandbox.phone('491700000001', { name: 'Shop' })
	people = ['905320000002', '905320000003'].map((number) => sandbox.phone(number))
	port = await freePort()
	dataDir = await mkdtemp(join(tmpdir(), 'kills-'))
})
after(async () => {
	if (gateway?.kill('SIGKILL')) await once(gateway, 'exit')
	await sandbox.close()
	await rm(dataDir, { recursive: true })
})

/** Starts the gateway; with a point, it will end itself there. */
function start(point?: { name: string; count: number }): Promise<unknown> {
	const preload = point ? ['--import', join(ROOT, 'test/e2e/crash/support/kill-at.ts')] : []
	const sandboxUrl = sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', '')
	gateway = spawn(
		process.execPath,
		[...preload, join(ROOT, 'gateway/src/main.ts'), `--sandbox=${sandboxUrl}`],
		{
			env: {
				...process.env,
				PORT: String(port),
				DATA_DIR: dataDir,
				ADMIN_KEY,
				LOG_LEVEL: 'warn',
				SEND_TIMEOUT: '5',
				KILL_POINT: point?.name,
				KILL_COUNT: String(point?.count),
			},
		},
	)
	gateway.stdout?.on('data', (data) => (output = `${output}${data}`.slice(-4000)))
	gateway.stderr?.on('data', (data) => (output = `${output}${data}`.slice(-4000)))
	return once(gateway, 'exit')
}

async function request(method: string, path: string, body?: object, key?: string) {
	const response = await fetch(`http://127.0.0.1:${port}${path}`, {
		method,
		headers: {
			'x-api-key': ADMIN_KEY,
			'content-type': 'application/json',
			...(key && { 'idempotency-key': key }),
		},
		...(body && { body: JSON.stringify(body) }),
		signal: AbortSignal.timeout(15_000),
	})
	return { status: response.status, body: (await response.json()) as any }
}

const isOpen = async () =>
	(await request('GET', '/api/v1/sessions/main').catch(() => undefined))?.body.status === 'open'

/** Sends as a careful client does: again with the same key until there is an answer. */
async function sendSurely(to: Phone, text: string, going: () => boolean): Promise<boolean> {
	for (let asked = false; asked || going();) {
		asked = true
		const body = { to: to.account.phone, text }
		const answer = await request('POST', '/api/v1/sessions/main/messages/text', body, text).catch(
			() => undefined,
		)
		if (answer?.status === 200) return true
		if (answer && ![202, 409, 503].includes(answer.status)) assert.fail(JSON.stringify(answer))
		await new Promise((resolve) => setTimeout(resolve, 20))
	}
	return false
}

test(`${KILLS} kills at random and at named points lose, double and reorder nothing`, async (t) => {
	let exited = start()
	await until('the gateway answers', () => request('GET', '/health').catch(() => undefined))
	await request('POST', '/api/v1/sessions', { id: 'main' })
	const { body } = await request('GET', '/api/v1/sessions/main/qr')
	shop.scans(body.qr)
	await until('the session is open', isOpen)
	const identity = shop.account.devices[1]!.noiseKey

	let going = true
	const said: Record<string, string[]> = {}
	const sent: Record<string, string[]> = {}
	const traffic = people.flatMap((person, n) => {
		const [out, into] = [(sent[person.account.phone] = []), (said[person.account.phone] = [])] as [
			string[],
			string[],
		]
		const writes = async () => {
			for (let number = 0; going; number++) {
				const text = `out ${n} ${number}`
				out.push(text)
				await sendSurely(person, text, () => true)
			}
		}
		const hears = async () => {
			for (let number = 0; going; number++) {
				const text = `in ${n} ${number}`
				into.push(text)
				await person.says(text, { to: shop })
				await new Promise((resolve) => setTimeout(resolve, randomInt(10, 40)))
			}
		}
		return [writes(), hears()]
	})

	let missed = 0
	for (let kill = 0; kill < KILLS; kill++) {
		const ownEnd = kill > 0 && kill % 2 === 0
		if (!ownEnd) {
			await new Promise((resolve) => setTimeout(resolve, randomInt(300)))
			gateway!.kill('SIGKILL')
		} else {
			const patience = setTimeout(() => {
				missed++
				gateway!.kill('SIGKILL')
			}, 60_000)
			await exited
			clearTimeout(patience)
		}
		await exited
		const atPoint = kill % 2 === 1 && kill + 1 < KILLS
		const point = { name: POINTS[(kill >> 1) % POINTS.length]!, count: randomInt(25, 70) }
		exited = start(atPoint ? point : undefined)
		if (!atPoint) await until(`the session is open again: ${output}`, isOpen, { timeout: 60_000 })
	}
	going = false
	await Promise.all(traffic)
	await until('nothing waits for the gateway', () => shop.account.devices[1]!.queue.length === 0)

	const events: any[] = []
	for (let page = await eventsAfter(0); page.length; page = await eventsAfter(events.at(-1).seq))
		events.push(...page)
	assert.deepEqual(
		events.map(({ seq }) => seq),
		events.map((_, n) => n + 1),
		'events are numbered without gaps',
	)
	for (const { account, inbox } of people) {
		const received = events.filter(
			({ type, data }) => type === 'message.received' && data.sender.phone === account.phone,
		)
		assert.deepEqual(
			received.map(({ data }) => data.text),
			said[account.phone],
			'every message came in once, in its order',
		)
		const inOrder = inbox.entries.map(({ message }) => textOf(message))
		assert.deepEqual(inOrder, sent[account.phone], 'every message arrived once, in its order')
	}
	assert.ok(missed <= KILLS / 10, `${missed} kills did not come to their point`)
	assert.equal(shop.account.devices.length, 2)
	assert.equal(shop.account.devices[1]!.noiseKey, identity)
	const count = (lists: Record<string, string[]>) => Object.values(lists).flat().length
	const retries = sandbox.whatsapp.log.list(
		({ direction, stanza }) => direction === 'in' && stanza.attrs.type === 'retry',
	)
	t.diagnostic(
		`${KILLS} kills, ${count(sent)} messages out, ${count(said)} in, ${retries.length} retries`,
	)
})

const eventsAfter = async (seq: number) =>
	(await request('GET', `/api/v1/sessions/main/events?after=${seq}&limit=1000`)).body.events
