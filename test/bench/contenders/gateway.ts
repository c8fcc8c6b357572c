import { join } from 'node:path'
import { Pool } from 'undici'
import { startNode, type Child } from '../../support/child.ts'
import { noSettings } from '../../support/no-settings.ts'
import { ROOT } from '../../support/paths.ts'
import { freePort } from '../../support/ports.ts'
import { until } from '../../support/wait.ts'
import { inParallel } from '../measure/parallel.ts'
import { makeFile, mimetypes, numbered } from '../measure/files.ts'
import { textNumber } from '../measure/texts.ts'
import type { World } from '../world.ts'
import type { Contender, NodeOptions, Sent, SendWork } from './contender.ts'
import { openReceiver } from './receiver.ts'

const STARTING_UP = 60_000
const LINKING = 60_000
const ALL_OPEN = 180_000
const ADMIN_KEY = 'only-for-the-benchmark'

type SessionView = { id: string; status: string }
type Place = {
	home: string
	main: string
	/** For Node itself. */
	flags: string[]
	port: number
	world: World
}

/** The gateway as users run it: over HTTP, its state on disk with fsync, its log in a file. */
export async function startGateway(
	world: World,
	{ home, main, flags, inspectPort }: { home: string; main: string } & NodeOptions,
): Promise<Contender> {
	const place = { home, main, flags, world, port: await freePort() }
	const origin = `http://127.0.0.1:${place.port}`
	let child = await start(place)
	const { ask, close } = apiOf(origin)
	const receiver = await openReceiver()

	return {
		name: 'gateway',
		inspectPort,
		get pid() {
			return child.pid
		},
		async link(phone) {
			await ask('POST', '/sessions', { id: phone })
			const { qr } = await ask<{ qr: string }>('GET', `/sessions/${phone}/qr`)
			const scanned = await fetch(world.scanUrl(phone), {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ qr }),
			})
			if (!scanned.ok) throw new Error(`scanning: ${await scanned.text()}`)
			const isOpen = async () =>
				(await ask<SessionView>('GET', `/sessions/${phone}`)).status === 'open'
			await until(`the session of ${phone} is open`, isOpen, { timeout: LINKING })
		},
		send: (work) => send(ask, work),
		async listen(phone) {
			receiver.forget()
			const known = await ask<{ total: number }>('GET', `/sessions/${phone}/webhooks`)
			const webhook = { url: receiver.url, events: ['message.received'] }
			if (known.total === 0) await ask('POST', `/sessions/${phone}/webhooks`, webhook)
		},
		heard: (count, withinMs) => receiver.heard(count, withinMs),
		async restart() {
			await child.stop()
			const begin = performance.now()
			child = await start(place)
			const allOpen = async () => {
				const { sessions } = await ask<{ sessions: SessionView[] }>('GET', '/sessions')
				const phones = sessions.filter(({ status }) => status === 'open').map(({ id }) => id)
				// A gateway could say "open" because it was when it stopped: ask the other side as well.
				return phones.length === sessions.length && (await world.active(phones)) === phones.length
			}
			await until('all sessions are open', allOpen, { timeout: ALL_OPEN })
			return (performance.now() - begin) / 1000
		},
		async paths() {
			const document = await (await fetch(`${origin}/openapi.json`)).json()
			return Object.keys((document as { paths: object }).paths)
		},
		async stop() {
			await close()
			receiver.stop()
			await child.stop()
		},
	}
}

async function start({ home, main, flags, port, world }: Place): Promise<Child> {
	// As its first line and `npm start` have it.
	const child = startNode(
		'The gateway',
		['--max-semi-space-size=8', ...flags, main, `--sandbox=${world.url}`],
		{
			cwd: ROOT,
			env: {
				...process.env,
				...noSettings,
				HOST: '127.0.0.1',
				PORT: String(port),
				DATA_DIR: join(home, 'data'),
				ADMIN_KEY,
				// It writes to many people whom it does not know.
				GOVERNOR: 'off',
				WEBHOOK_ALLOW: '127.0.0.1',
			},
			log: join(home, 'gateway.log'),
		},
	)
	try {
		await child.answers(`http://127.0.0.1:${port}/health`, STARTING_UP)
	} catch (error) {
		await child.stop()
		throw error
	}
	return child
}

type Ask = ReturnType<typeof apiOf>['ask']

function apiOf(origin: string) {
	const pool = new Pool(origin, { connections: 32, headersTimeout: 120_000 })
	async function ask<T>(method: 'GET' | 'POST', path: string, body?: object): Promise<T> {
		const { statusCode, body: answer } = await pool.request({
			method,
			path: `/api/v1${path}`,
			headers: { 'content-type': 'application/json', 'x-api-key': ADMIN_KEY },
			body: body ? JSON.stringify(body) : null,
		})
		const text = await answer.text()
		// 202 is an answer that WhatsApp has not given yet: nothing to count as sent.
		if (statusCode >= 300 || statusCode === 202)
			throw new Error(`the gateway answered ${statusCode} to ${method} ${path}: ${text}`)
		return JSON.parse(text) as T
	}
	return { ask, close: () => pool.close() }
}

/** Each of `parallel` callers asks for its next message when the last one is acknowledged. */
async function send(ask: Ask, work: SendWork): Promise<Sent> {
	const { from, to, count, parallel, limitMs, file } = work
	const contentOf = await contents(work)
	const latencies: number[] = []
	const begin = performance.now()
	const sendOne = async (index: number) => {
		const content = contentOf(index)
		const asked = performance.now()
		const body = { to: to[index % to.length], ...content }
		await ask('POST', `/sessions/${from}/messages/${file?.kind ?? 'text'}`, body)
		latencies.push(performance.now() - asked)
	}
	await inParallel(count, parallel, sendOne, limitMs)
	return { latencies, seconds: (performance.now() - begin) / 1000 }
}

/** What the message with this number says. */
async function contents({ file }: SendWork): Promise<(index: number) => object> {
	if (!file) return (index) => ({ text: textNumber(index) })
	const { kind } = file
	const bytes = await makeFile(file)
	const named = kind === 'document' ? { filename: 'file.bin' } : {}
	return (index) => {
		const data = numbered(bytes, index).toString('base64')
		return { [kind]: { data, mimetype: mimetypes[kind] }, ...named }
	}
}
