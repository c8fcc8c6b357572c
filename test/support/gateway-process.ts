import { join } from 'node:path'
import { startNode } from './child.ts'
import { ROOT } from './paths.ts'
import { freePort } from './ports.ts'
import { until, type Deadline } from './wait.ts'

export interface GatewayOptions {
	dataDir: string
	log: string
	port?: number
	/** Hosts that webhooks may reach although they are private. */
	webhookAllow?: string
}

/** A message as a simulated phone got and decrypted it. */
export interface PhoneMessage {
	id: string
	chat: string
	from: string
	timestamp: number
	message: { conversation?: string | null; extendedTextMessage?: { text?: string | null } | null }
}

/** Long enough to be accepted, and never used outside of this machine. */
export const ADMIN_KEY = 'only-for-the-demo-and-for-tests'

const STARTING_UP = 60_000

export const textOf = ({ message }: PhoneMessage): string =>
	message.conversation || message.extendedTextMessage?.text || ''

/** The gateway with the sandbox beside it, as a process of its own. */
export async function startGateway({ dataDir, log, port, webhookAllow }: GatewayOptions) {
	const ownPort = port ?? (await freePort())
	const url = `http://127.0.0.1:${ownPort}`
	const gateway = startNode('The gateway', [join(ROOT, 'gateway/src/main.ts'), '--sandbox'], {
		cwd: ROOT,
		env: {
			...process.env,
			HOST: '127.0.0.1',
			PORT: String(ownPort),
			DATA_DIR: dataDir,
			ADMIN_KEY,
			WEBHOOK_ALLOW: webhookAllow ?? '127.0.0.1',
		},
		log,
	})

	async function request<T>(method: string, path: string, body?: object): Promise<T> {
		const response = await fetch(`${url}${path}`, {
			method,
			headers: { 'x-api-key': ADMIN_KEY, 'content-type': 'application/json' },
			body: body && JSON.stringify(body),
		})
		const answer = await response.text()
		if (!response.ok)
			throw new Error(`The gateway answered ${response.status} to ${method} ${path}: ${answer}`)
		return (answer ? JSON.parse(answer) : undefined) as T
	}

	const statusOf = async (session: string): Promise<string> =>
		(await request<{ status: string }>('GET', `/api/v1/sessions/${session}`)).status

	async function received(phone: string): Promise<PhoneMessage[]> {
		const answer = await request<PhoneMessage[] | { messages: PhoneMessage[] }>(
			'GET',
			`/sandbox/phones/${phone}/messages`,
		)
		return Array.isArray(answer) ? answer : answer.messages
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
		stop: gateway.stop,
		received,

		/** Makes a simulated person, unless an earlier start already did. */
		async person(phone: string, name: string): Promise<void> {
			const known = await request<unknown>('GET', '/sandbox/phones')
			if (JSON.stringify(known).includes(`"${phone}"`)) return
			await request('POST', '/sandbox/phones', { phone, name })
		},

		/** Makes the session and links it to this simulated phone, unless it is linked already. */
		async link(session: string, phone: string): Promise<void> {
			const { sessions } = await request<{ sessions: { id: string }[] }>('GET', '/api/v1/sessions')
			if (!sessions.some(({ id }) => id === session)) {
				await request('POST', '/api/v1/sessions', { id: session })
				await request('POST', `/sandbox/phones/${phone}/scan`, { session })
			}
			await until(`Session ${session} is linked`, async () => (await statusOf(session)) === 'open')
		},

		says: (phone: string, to: string, text: string) =>
			request('POST', `/sandbox/phones/${phone}/messages`, { to, text }),

		/** The first message that `phone` gets beyond those it had `before`. */
		receives: (phone: string, before: PhoneMessage[], deadline?: Deadline): Promise<PhoneMessage> =>
			until(
				`The phone ${phone} receives a message`,
				async () => {
					const known = new Set(before.map(({ id }) => id))
					return (await received(phone)).find(({ id }) => !known.has(id))
				},
				deadline,
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
