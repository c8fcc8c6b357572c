import { join } from 'node:path'
import { startNode } from './child.ts'
import { ROOT } from './paths.ts'
import { freePort } from './ports.ts'
import { until } from './wait.ts'
import { noSettings } from './no-settings.ts'
import { stateSetting } from './state-url.ts'
import { onItsOwn } from './on-its-own.ts'

export interface GatewayOptions {
	dataDir: string
	log: string
	port?: number
	/** The address of a sandbox that runs elsewhere; else it runs beside the gateway. */
	sandbox?: string
	/** Hosts that webhooks may reach although they are private. */
	webhookAllow?: string
	/** Hosts from which files may be fetched although they are private. */
	fetchAllow?: string
	/** What Node runs, flags of its own before it. @default the sources */
	program?: string[]
	/** Where it is started. @default the repository */
	cwd?: string
	/** More settings. */
	env?: Record<string, string>
}

/** A message as a simulated phone got and decrypted it. */
export interface PhoneMessage {
	seq: number
	id: string
	chat: string
	from: string
	text: string
	/** WhatsApp's own form of it, as JSON. */
	message: Record<string, any>
	/** Of its file, once it is here and was decrypted. */
	media?: { mimetype: string; size: number; sha256: string }
}

/** Long enough to be accepted, and never used outside of this machine. */
export const ADMIN_KEY = 'only-for-the-demo-and-for-tests'

const STARTING_UP = 60_000
const PATIENCE = 30_000

/** The gateway with the sandbox beside it, as a process of its own. */
export async function startGateway(options: GatewayOptions) {
	const { dataDir, log, port, webhookAllow, fetchAllow = '', sandbox, env } = options
	const { program = [join(ROOT, 'gateway/src/main.ts')], cwd = ROOT } = options
	const flag = sandbox ? `--sandbox=${sandbox}` : '--sandbox'
	const ownPort = port ?? (await freePort())
	const url = `http://127.0.0.1:${ownPort}`
	const gateway = startNode('The gateway', [...program, flag], {
		cwd,
		env: {
			...process.env,
			...noSettings,
			HOST: '127.0.0.1',
			PORT: String(ownPort),
			DATA_DIR: dataDir,
			ADMIN_KEY,
			WEBHOOK_ALLOW: webhookAllow ?? '127.0.0.1',
			FETCH_ALLOW: fetchAllow,
			...(await stateSetting(dataDir)),
			...env,
		},
		log,
	})

	async function request<T>(method: string, path: string, body?: object): Promise<T> {
		const place = path.startsWith('/sandbox') ? (sandbox ?? url) : url
		const response = await fetch(`${place}${path}`, {
			method,
			headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json', ...onItsOwn },
			body: body && JSON.stringify(body),
		})
		const answer = await response.text()
		if (!response.ok)
			throw new Error(`The gateway answered ${response.status} to ${method} ${path}: ${answer}`)
		return (answer ? JSON.parse(answer) : undefined) as T
	}

	const statusOf = async (session: string): Promise<string> =>
		(await request<{ status: string }>('GET', `/api/v1/sessions/${session}`)).status

	const received = async (phone: string, after = 0): Promise<PhoneMessage[]> => {
		const path = `/sandbox/phones/${phone}/messages?after=${after}`
		return (await request<{ messages: PhoneMessage[] }>('GET', path)).messages
	}

	try {
		await gateway.answers(`${url}/health`, STARTING_UP)
	} catch (error) {
		await gateway.stop()
		throw error
	}

	return {
		url,
		adminKey: ADMIN_KEY,
		request,
		process: gateway.process,
		stop: gateway.stop,
		kill: gateway.kill,
		received,

		/** Makes a simulated person, unless an earlier start already did. */
		async person(phone: string, name: string, more: object = {}): Promise<void> {
			const { phones } = await request<{ phones: { phone: string }[] }>('GET', '/sandbox/phones')
			if (phones.some((known) => known.phone === phone)) return
			await request('POST', '/sandbox/phones', { phone, name, ...more })
		},

		/** Makes the session and links it to this simulated phone, unless it is linked already. */
		async link(session: string, phone: string): Promise<void> {
			const { sessions } = await request<{ sessions: { id: string }[] }>('GET', '/api/v1/sessions')
			if (!sessions.some(({ id }) => id === session)) {
				await request('POST', '/api/v1/sessions', { id: session })
				const { qr } = await request<{ qr: string }>('GET', `/api/v1/sessions/${session}/qr`)
				await request('POST', `/sandbox/phones/${phone}/scan`, { qr })
			}
			await until(`session ${session} is open`, async () => (await statusOf(session)) === 'open', {
				timeout: PATIENCE,
			})
		},

		says: (phone: string, to: string, text: string) =>
			request('POST', `/sandbox/phones/${phone}/messages`, { to, text }),

		/** How far the phone's messages go now: what comes later comes `after` this. */
		newest: async (phone: string): Promise<number> => (await received(phone)).at(-1)?.seq ?? 0,

		/** The first message that this phone gets after that point, of those that are meant. */
		receives: (
			phone: string,
			after: number,
			isMeant: (message: PhoneMessage) => boolean = () => true,
		): Promise<PhoneMessage> =>
			until(
				`the phone ${phone} receives a message`,
				async () => (await received(phone, after)).find(isMeant),
				{ timeout: PATIENCE },
			),

		webhooks: async (session: string) =>
			(
				await request<{ webhooks: { id: string; url: string; events: string[] }[] }>(
					'GET',
					`/api/v1/sessions/${session}/webhooks`,
				)
			).webhooks,
	}
}

export type Gateway = Awaited<ReturnType<typeof startGateway>>
