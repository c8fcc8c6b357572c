import assert from 'node:assert/strict'
import { spawn, type ChildProcess } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import { startSandbox, type Phone } from '../../../../gateway/src/sandbox/index.ts'
import { textOf } from '../../../../gateway/src/sandbox/phone/inbox.ts'
import { clientRequest } from '../../../support/client-request.ts'
import { atEnd, temporaryDirectory } from '../../../support/directories.ts'
import { ROOT } from '../../../support/paths.ts'
import { freePort } from '../../../support/ports.ts'
import { stateSetting } from '../../../support/state-url.ts'
import { until } from '../../../support/wait.ts'

const ADMIN_KEY = 'only-for-tests-that-kill-gateways'
const ATTEMPT_MS = 15_000
/** A start takes some seconds of processor time, of which a busy machine has little to give. */
const STARTING_MS = 120_000

export type CrashWorldOptions = {
	/** Where the gateway keeps its state. @default a directory of its own */
	dataDir?: string
	/** Answers besides 200 and 202 after which a send is asked for again. */
	retried?: number[]
}

/**
 * A gateway as a process of its own that can be killed, a simulated WhatsApp beside it, a shop that is linked to it, and
 * two people who write to the shop and are written to.
 */
export async function openCrashWorld(t: TestContext, options: CrashWorldOptions = {}) {
	const sandbox = await startSandbox({ servesControl: true })
	atEnd(t, () => sandbox.close())
	const shop = sandbox.phone('491700000001', { name: 'Shop' })
	const people = ['905320000002', '905320000003'].map((number) => sandbox.phone(number))
	const dataDir = options.dataDir ?? (await temporaryDirectory(t))
	const state = await stateSetting(dataDir)
	const port = await freePort()
	const running = new Set<ChildProcess>()
	let output = ''
	let gateway: ChildProcess
	atEnd(t, async () => {
		for (const child of running) {
			child.kill('SIGCONT')
			if (child.kill('SIGKILL')) await once(child, 'exit')
		}
	})

	/** Starts a gateway on the same directory. */
	function spawnGateway(env: NodeJS.ProcessEnv = {}, preload: string[] = []): ChildProcess {
		const sandboxUrl = sandbox.wsUrl.replace('ws:', 'http:').replace('/ws/chat', '')
		const program = [join(ROOT, 'gateway/src/main.ts'), `--sandbox=${sandboxUrl}`]
		const own = { DATA_DIR: dataDir, ADMIN_KEY, LOG_LEVEL: 'warn', SEND_TIMEOUT: '5', ...state }
		const child = spawn(
			process.execPath,
			[...preload.flatMap((file) => ['--import', file]), ...program],
			{
				env: { ...process.env, PORT: String(port), ...own, ...env },
			},
		)
		running.add(child)
		child.once('exit', () => running.delete(child))
		for (const stream of [child.stdout, child.stderr])
			stream?.on('data', (data) => (output = `${output}${data}`.slice(-4000)))
		return child
	}

	/** Starts the gateway. @returns resolves when it has ended */
	function start(env?: NodeJS.ProcessEnv, preload?: string[]): Promise<unknown> {
		gateway = spawnGateway(env, preload)
		return once(gateway, 'exit')
	}

	async function request(method: string, path: string, body?: object, key?: string) {
		const response = await fetch(`http://127.0.0.1:${port}${path}`, {
			...clientRequest(ADMIN_KEY, method, body, key),
			signal: AbortSignal.timeout(ATTEMPT_MS),
		})
		return { status: response.status, body: (await response.json()) as any }
	}

	const isOpen = async () =>
		(await request('GET', '/api/v1/sessions/main').catch(() => undefined))?.body.status === 'open'

	/** Sends as a careful client does: again with the same key until there is an answer. */
	async function sendSurely(to: Phone, text: string): Promise<void> {
		const again = [202, 409, 503, 504, ...(options.retried ?? [])]
		for (;;) {
			const body = { to: to.account.phone, text }
			const answer = await request('POST', '/api/v1/sessions/main/messages/text', body, text).catch(
				() => undefined,
			)
			if (answer?.status === 200) return
			if (answer && !again.includes(answer.status)) assert.fail(JSON.stringify(answer))
			await pause(20)
		}
	}

	/** Messages both ways until `stop`, which resolves when every one of them has an outcome. */
	function startTraffic(pauseMs: () => number = () => randomInt(10, 40)) {
		const said: Record<string, string[]> = {}
		const sent: Record<string, string[]> = {}
		let going = true
		const all = people.flatMap((person, n) => {
			const out = (sent[person.account.phone] = [] as string[])
			const into = (said[person.account.phone] = [] as string[])
			const writes = async () => {
				for (let number = 0; going; number++) {
					out.push(`out ${n} ${number}`)
					await sendSurely(person, out.at(-1)!)
				}
			}
			const hears = async () => {
				for (let number = 0; going; number++) {
					into.push(`in ${n} ${number}`)
					await person.says(into.at(-1)!, { to: shop })
					await pause(pauseMs())
				}
			}
			return [writes(), hears()]
		})
		return {
			said,
			sent,
			async stop() {
				going = false
				await Promise.all(all)
				await until(
					'nothing waits for the gateway',
					() => shop.account.devices[1]!.queue.length === 0,
				)
			},
		}
	}

	const events: { seq: number; type: string; phone?: string; text?: string }[] = []

	/** Reads on in the event log: the gateway keeps the newest 100,000, and a long test has more. */
	async function readEvents(): Promise<void> {
		for (;;) {
			const path = `/api/v1/sessions/main/events?after=${events.at(-1)?.seq ?? 0}&limit=1000`
			const page: any[] = (await request('GET', path)).body.events
			if (!page.length) return
			for (const { seq, type, data } of page)
				events.push({ seq, type, phone: data.sender?.phone, text: data.text })
		}
	}

	type Traffic = ReturnType<typeof startTraffic>

	/** Every message came in and arrived once, in its order, and the shop is linked as it was. */
	async function assertNothingLost({ said, sent }: Traffic) {
		await readEvents()
		const numbers = events.map(({ seq }) => seq)
		const gapless = events.map((_, n) => n + 1)
		assertSame(numbers, gapless, 'events are numbered without gaps')
		for (const { account, inbox } of people) {
			const received = events.filter(
				({ type, phone }) => type === 'message.received' && phone === account.phone,
			)
			const texts = received.map(({ text }) => text)
			assertSame(texts, said[account.phone], 'every message came in once, in its order')
			const arrived = inbox.entries.map(({ message }) => textOf(message))
			assertSame(arrived, sent[account.phone], 'every message arrived once, in its order')
		}
		assert.equal(shop.account.devices.length, 2)
		assert.equal(shop.account.devices[1]!.noiseKey, identity)
	}

	const count = (lists: Record<string, string[]>) => Object.values(lists).flat().length
	const retries = () =>
		sandbox.whatsapp.log.list(
			({ direction, stanza }) => direction === 'in' && stanza.attrs.type === 'retry',
		).length

	const exited = start()
	const answers = () => request('GET', '/health').catch(() => undefined)
	await until('the gateway answers', answers, { timeout: STARTING_MS })
	await request('POST', '/api/v1/sessions', { id: 'main' })
	shop.scans((await request('GET', '/api/v1/sessions/main/qr')).body.qr)
	await until('the session is open', isOpen)
	const identity = shop.account.devices[1]!.noiseKey

	return {
		dataDir,
		shop,
		people,
		sendSurely,
		/** Resolves when the first gateway has ended. */
		exited,
		gateway: () => gateway,
		/** Cuts the connection to WhatsApp. */
		cut: () => sandbox.whatsapp.drops(shop.account),
		start,
		spawnGateway,
		request,
		startTraffic,
		assertNothingLost,
		/** @returns how long that took, in milliseconds */
		async untilOpen() {
			const start = performance.now()
			await until(`the session is open again: ${output}`, isOpen, { timeout: STARTING_MS })
			const ms = performance.now() - start
			// Another fault may come in between; the next call reads on.
			await readEvents().catch(() => {})
			return ms
		},
		summary: ({ said, sent }: Traffic) =>
			`${count(sent)} messages out, ${count(said)} in, ${retries()} retries`,
	}
}

/** Names the first difference: a diff of a hundred thousand entries would take all memory. */
function assertSame(actual: readonly unknown[], expected: readonly unknown[] = [], what: string) {
	const length = Math.max(actual.length, expected.length)
	for (let n = 0; n < length; n++) {
		if (actual[n] === expected[n]) continue
		const around = (list: readonly unknown[]) =>
			JSON.stringify(list.slice(Math.max(0, n - 2), n + 3))
		assert.fail(
			`not so at ${n} of ${length}: ${what}; ${around(actual)} is not ${around(expected)}`,
		)
	}
}
