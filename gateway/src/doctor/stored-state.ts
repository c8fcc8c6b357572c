import { z } from 'zod'
import { webhookRecord, type Webhook } from '../delivery/registry/webhook.ts'
import { DamagedError } from '../storage/driver.ts'
import type { PlaceCipher } from '../storage/json/encryption.ts'
import { refuseNewer } from '../storage/json/format.ts'
import { readDocuments } from '../storage/json/read-documents.ts'
import type { Cipher } from '../storage/json/record-line.ts'

/** Where a webhook leads, and whether an admin named it. */
export type WebhookTarget = Pick<Webhook, 'session' | 'id' | 'url' | 'trusted' | 'disabled_at'>

/** What checks need of the state. */
export type StoredState = {
	webhooks: readonly WebhookTarget[]
	/** The ways to WhatsApp that sessions take: null without a proxy. */
	proxies: readonly (string | null)[]
	keys: readonly { role: string }[]
	/** What cannot be read, a sentence each. */
	damages: readonly string[]
}

const proxyOfSession = z.object({ proxy: z.string().nullable().default(null) })
const storedKey = z.object({ role: z.string() })

/**
 * Reads the state from its files without a change: a gateway may use them at the same time.
 * @throws NewerFormatError, StateKeyError, and what the system says
 */
export async function readStoredState(root: string, cipher: Cipher): Promise<StoredState> {
	await refuseNewer(root)
	return storedIn(readDocuments(root, cipher))
}

/** The same of a database. @throws StateKeyError, and what pg says */
export async function readStoredRows(
	url: string,
	cipher: PlaceCipher | undefined,
): Promise<StoredState> {
	const { readRowDocuments } = await import('../storage/postgres/inspect.ts')
	return storedIn(readRowDocuments(url, cipher))
}

async function storedIn(documents: ReturnType<typeof readDocuments>): Promise<StoredState> {
	const damages: string[] = []

	async function read<T>(name: string, shape: z.ZodType<T>): Promise<T[]> {
		try {
			const data = await documents.read(name, shape)
			return data === null ? [] : [data]
		} catch (error) {
			if (!(error instanceof DamagedError)) throw error
			damages.push(error.message)
			return []
		}
	}

	async function readAllIn<T>(folder: string, shape: z.ZodType<T>): Promise<T[]> {
		const names = await documents.namesIn(folder)
		return (await Promise.all(names.map((name) => read(`${folder}/${name}`, shape)))).flat()
	}

	const [webhooks, sessions, keys] = await Promise.all([
		readAllIn('webhooks', z.array(webhookRecord)),
		readAllIn('sessions', proxyOfSession),
		read('keys', z.array(storedKey)),
	])
	return {
		webhooks: webhooks.flat(),
		proxies: sessions.map(({ proxy }) => proxy),
		keys: keys.flat(),
		damages,
	}
}
