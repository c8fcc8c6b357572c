import { createHash, randomBytes } from 'node:crypto'
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import type { TestContext } from 'node:test'
import type { proto } from '@whiskeysockets/baileys'
import { until } from '../wait.ts'
import { ADMIN_KEY, linkedGateway } from './gateway.ts'

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex')

export const mediaPath = (id: string) => `/api/v1/sessions/main/media/${id}`

type World = Parameters<typeof linkedGateway>[1]

/** A linked gateway, people who send it files, and its answers with bytes. */
export async function openFileWorld(t: TestContext, options: World = {}) {
	const world = await linkedGateway(t, { maxMediaBytes: 8 * 1024 * 1024, ...options })
	const { gateway, owner, ada } = world

	async function ask(method: string, path: string, headers: Record<string, string> = {}) {
		const response = await gateway.app.request(path, {
			method,
			headers: { 'x-api-key': ADMIN_KEY, ...headers },
		})
		return {
			status: response.status,
			headers: response.headers,
			bytes: Buffer.from(await response.arrayBuffer()),
		}
	}

	const eventOf = (id: string) =>
		until(`the event of ${id}`, async () => {
			const { body } = await gateway.request('GET', '/api/v1/sessions/main/events?limit=1000')
			return body.events.find(({ data }: any) => data.message_id === id)
		})

	/** Ada writes; @returns the id once the gateway has it */
	async function adaSends(message: proto.IMessage) {
		const id = await ada.sends(message, { to: owner })
		await eventOf(id)
		return id
	}

	return {
		...world,
		ask,
		eventOf,
		adaSends,
		post: (path: string, body: unknown) =>
			gateway.request('POST', `/api/v1/sessions/main${path}`, body),
		leftovers: () => readdir(join(gateway.dataDir, 'tmp')),
		/** Ada sends a document. */
		async adaSendsFile(
			data = randomBytes(50_000),
			mimetype = 'application/pdf',
			filename = 'a.pdf',
		) {
			const message = await ada.media.attach('document', { data, mimetype, filename })
			return { id: await adaSends(message), data, message }
		},
	}
}
