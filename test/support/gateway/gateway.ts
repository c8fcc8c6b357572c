import assert from 'node:assert/strict'
import type { TestContext } from 'node:test'
import { createGateway, type GatewayOptions } from '../../../gateway/src/app.ts'
import type { WhatsAppServer } from '../../../gateway/src/session/connection/network.ts'
import { createLog } from '../../../gateway/src/log.ts'
import { startSandbox } from '../../../gateway/src/sandbox/index.ts'
import { type Sandbox } from '../../../gateway/src/sandbox/sandbox.ts'
import type { Storage } from '../../../gateway/src/storage/driver.ts'
import { cipherFor, placeCipherFor } from '../../../gateway/src/storage/json/encryption.ts'
import { jsonStorage } from '../../../gateway/src/storage/json/index.ts'
import { postgresStorage } from '../../../gateway/src/storage/postgres/index.ts'
import { atEnd, temporaryDirectory } from '../directories.ts'
import { CLUSTER_KEY, everythingHere, sharedDocuments, throughFront } from './front.ts'
import { openFilesIn } from '../open-files.ts'
import { stateUrlFor } from '../state-url.ts'
import { until } from '../wait.ts'

export const ADMIN_KEY = 'an-admin-key-for-tests-only'

/** For a send whose file is converted first: on a busy machine that takes a minute. */
export const CONVERTING_S = 75

export { atEnd, temporaryDirectory }

type Options = {
	dataDir?: string
	/** Keeps the state encrypted. */
	stateKey?: string
	/** Keeps the state in a database instead of files. */
	stateUrl?: string | undefined
	sandbox?: WhatsAppServer
	/** What lies between the gateway and its files. */
	through?: (storage: Storage) => Storage
	allow?: string[]
	sendTimeout?: number
	maxMediaBytes?: number
	fetchAllow?: string[]
	mediaDir?: string
	/** Gets files of up to so many bytes as soon as they come in. */
	fetchAhead?: number
	keepDays?: number
	messageDays?: number
	publicUrl?: string
	/** Null: the gateway has none of its own. */
	adminKey?: string | null
	eventBudget?: number
	/** Metrics need no key. */
	openMetrics?: boolean
	ffmpegPath?: string
	delivery?: GatewayOptions['delivery']
	patienceMs?: number
	queryTimeoutMs?: number
	bodyWindowMs?: number
	log?: string[]
	dialects?: string[]
	/** Sends of a key per minute. */
	rateLimit?: number
	trustedProxies?: string[]
	/** The web pages, and the host names by which they are reached. */
	console?: 'on' | 'off'
	consoleHosts?: string[]
	pairingLinks?: 'on' | 'off'
	passkeys?: 'on' | 'off'
	passkeyTimes?: GatewayOptions['passkeyTimes']
	/** The version of WhatsApp Web as which sessions connect. */
	version?: string
	versionTimes?: GatewayOptions['versionTimes']
	governor?: 'off' | 'mild' | 'strict'
	governorClock?: GatewayOptions['governorClock']
	/** Requests come to another gateway, which forwards them. */
	forwarded?: boolean
	directReceive?: 'on' | 'off'
	/** Served at `/sandbox`. */
	control?: Sandbox['control']
	/** Whose the session `main` is. */
	workspace?: string
}

// All tests can be run by either way.
const onOrOff = (said: string) => (said === 'off' ? 'off' : 'on')

export type TestGateway = Awaited<ReturnType<typeof openGateway>>
export type Answer = { status: number; headers: Headers; body: any; text: string }

async function openState(dataDir: string, options: Options): Promise<Storage> {
	const { stateKey, stateUrl = await stateUrlFor(dataDir) } = options
	const onLost = (error: Error) => {
		throw error
	}
	if (stateUrl === undefined)
		return jsonStorage(dataDir, { cipher: stateKey ? cipherFor(stateKey) : undefined, onLost })
	const cipher = stateKey ? placeCipherFor(stateKey) : undefined
	return postgresStorage(stateUrl, { cipher, onLost })
}

/** The real gateway on real files; its HTTP side is entered without a port. */
export async function openGateway(t: TestContext, options: Options = {}) {
	const dataDir = options.dataDir ?? (await temporaryDirectory(t))
	const lines = options.log ?? []
	const files = await openState(dataDir, options)
	const { forwarded = process.env.FORWARDED === 'on' } = options
	const shared = forwarded ? sharedDocuments(options.through?.(files) ?? files) : undefined
	const given: GatewayOptions = {
		config: {
			ADMIN_KEY: options.adminKey === null ? undefined : (options.adminKey ?? ADMIN_KEY),
			CONSOLE: options.console ?? 'on',
			CONSOLE_HOSTS: options.consoleHosts ?? [],
			DATA_DIR: dataDir,
			DIALECTS: options.dialects ?? ['all'],
			DIRECT_RECEIVE: options.directReceive ?? onOrOff(process.env.DIRECT_RECEIVE ?? 'on'),
			DIRECT_SEND: onOrOff(process.env.DIRECT_SEND ?? 'on'),
			EVENT_BUDGET: options.eventBudget ?? 200_000,
			FETCH_ALLOW: options.fetchAllow ?? [],
			GOVERNOR: options.governor ?? 'mild',
			HOST: '127.0.0.1',
			PORT: 0,
			FFMPEG_PATH: options.ffmpegPath ?? 'ffmpeg',
			MEDIA_DIR: options.mediaDir,
			MEDIA_FETCH: options.fetchAhead ? 'on' : 'off',
			MEDIA_FETCH_MAX_BYTES: options.fetchAhead ?? 1,
			METRICS_WITHOUT_KEY: options.openMetrics ? 'on' : 'off',
			MEDIA_KEEP_DAYS: options.keepDays ?? 7,
			PAIRING_LINKS: options.pairingLinks ?? 'on',
			PASSKEYS: options.passkeys ?? 'on',
			MESSAGE_KEEP_DAYS: options.messageDays ?? 8,
			RATE_LIMIT: options.rateLimit ?? 0,
			PUBLIC_URL: options.publicUrl ?? 'http://gateway.test',
			MAX_MEDIA_BYTES: options.maxMediaBytes ?? 1024 * 1024,
			WEBHOOK_ALLOW: options.allow ?? ['127.0.0.1'],
			SANDBOX: options.sandbox !== undefined,
			SEND_TIMEOUT: options.sendTimeout ?? 10,
			TRUSTED_PROXIES: options.trustedProxies ?? [],
			WHATSAPP_VERSION: options.version,
		},
		storage: shared ?? options.through?.(files) ?? files,
		whatsapp: options.sandbox ?? { wsUrl: 'ws://127.0.0.1:9/' },
		log: createLog('debug', { write: (line) => void lines.push(line) }),
		...(options.delivery && { delivery: options.delivery }),
		patienceMs: options.patienceMs,
		queryTimeoutMs: options.queryTimeoutMs,
		passkeyTimes: options.passkeyTimes,
		versionTimes: options.versionTimes,
		bodyWindowMs: options.bodyWindowMs,
		governorClock: options.governorClock,
		...(forwarded && { forwarding: { directory: everythingHere, key: CLUSTER_KEY } }),
	}
	const gateway = await createGateway(given).catch(async (error) => {
		await files.close()
		throw error
	})
	const own = gateway.app(options.control)
	const app = forwarded ? await throughFront(t, { gateway, own, given }) : own
	let running = true

	async function stop() {
		if (!running) return
		running = false
		await gateway.stop()
		assert.deepEqual(await openFilesIn(dataDir), [], 'the gateway has closed its files')
	}
	atEnd(t, stop)

	/** Asks as the admin, unless `headers` say otherwise; objects become JSON. */
	async function request(
		method: string,
		path: string,
		body?: unknown,
		headers?: Record<string, string>,
	) {
		const json = body === undefined ? undefined : JSON.stringify(body)
		const response = await app.request(path, {
			method,
			headers: headers ?? { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' },
			...(json !== undefined && { body: json }),
		})
		const text = await response.text()
		const isJson = response.headers.get('content-type')?.includes('json')
		const answer: Answer = {
			status: response.status,
			headers: response.headers,
			body: isJson ? JSON.parse(text) : undefined,
			text,
		}
		return answer
	}

	const statusOf = async (session: string): Promise<string> =>
		(await request('GET', `/api/v1/sessions/${session}`)).body.status

	return {
		...gateway,
		app,
		dataDir,
		request,
		stop,
		statusOf,
		becomes: (session: string, status: string) =>
			until(
				`session ${session} becomes ${status}`,
				async () => (await statusOf(session)) === status,
			),
	}
}

/** A simulated WhatsApp that lives as long as the test. */
export async function openSandbox(t: TestContext): Promise<Sandbox> {
	const sandbox = await startSandbox()
	// A new device that has none makes 812 keys, which takes longer than all the rest of a link.
	sandbox.whatsapp.preKeysOfNewDevices = 1
	atEnd(t, () => sandbox.close())
	return sandbox
}

type LinkedOptions = Options & {
	/** Whether the account has the business app. */
	business?: boolean
}

/** A gateway with the session `main` linked to `owner`, and another person, `ada`. */
export async function linkedGateway(
	t: TestContext,
	{ business = false, ...options }: LinkedOptions = {},
) {
	const sandbox = await openSandbox(t)
	const owner = sandbox.phone('491700000001', { name: 'Owner' })
	owner.account.business = business
	const ada = sandbox.phone('491700000002', { name: 'Ada' })
	const gateway = await openGateway(t, { ...options, sandbox })
	const { workspace } = options
	await gateway.request('POST', '/api/v1/sessions', { id: 'main', workspace })
	const { body } = await gateway.request('GET', '/api/v1/sessions/main/qr')
	owner.scans(body.qr)
	await gateway.becomes('main', 'open')
	return { sandbox, owner, ada, gateway }
}
