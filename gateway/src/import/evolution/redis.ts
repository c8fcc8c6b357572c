import { createClient } from '@redis/client'
import { ImportError } from '../../session/import-baileys/import-error.ts'

const CONNECT_TIMEOUT_MS = 10_000

/** The keys of an instance in Redis. */
export type KeyHash = {
	key: string
	fields: string[]
	get(field: string): Promise<string | undefined>
}

/** The Redis of Evolution API, of which nothing is written. */
export type KeyHashes = Awaited<ReturnType<typeof openKeyHashes>>

/** @param prefix CACHE_REDIS_PREFIX_KEY; whichever is found, if not given @throws ImportError */
export async function openKeyHashes(url: string, prefix: string | undefined) {
	if (!/^rediss?:$/.test(URL.parse(url)?.protocol ?? ''))
		throw new ImportError('--redis must be a URL like redis://127.0.0.1:6379/6')
	const client = createClient({
		url,
		name: 'whatsapp-gateway-import',
		disableClientInfo: true,
		socket: { reconnectStrategy: false, connectTimeout: CONNECT_TIMEOUT_MS },
	})
	// A connection that is lost is told to the command that waits for it.
	client.on('error', () => {})
	await client.connect().catch((cause: Error) => {
		throw new ImportError(`Redis cannot be used: ${cause.message || String(cause)}`, { cause })
	})

	async function keysOf(instance: string): Promise<string[]> {
		if (prefix === undefined) return [...((await found()).get(instance) ?? [])]
		const key = `${prefix}:instance:${instance}`
		return (await client.exists(key)) ? [key] : []
	}

	let scan: Promise<Map<string, Set<string>>> | undefined
	const found = () => (scan ??= scanned())

	/** The keys of all instances, whatever their prefix. */
	async function scanned() {
		const keys = new Map<string, Set<string>>()
		for await (const page of client.scanIterator({
			MATCH: '*:instance:*',
			TYPE: 'hash',
			COUNT: 1_000,
		}))
			for (const key of page) {
				const instance = key.slice(key.lastIndexOf(':') + 1)
				keys.set(instance, (keys.get(instance) ?? new Set()).add(key))
			}
		return keys
	}

	function hashAt(key: string, fields: string[]): KeyHash {
		let all: Promise<Record<string, string>> | undefined
		return {
			key,
			fields,
			get: async (field) => (await (all ??= client.hGetAll(key)))[field],
		}
	}

	return {
		/** What Redis has of an instance; undefined for nothing. @throws ImportError if there is more than one */
		async of(instance: string): Promise<KeyHash | undefined> {
			const [key, ...more] = await keysOf(instance)
			if (key === undefined) return undefined
			if (more.length)
				throw new ImportError(
					`Redis has the instance under several prefixes (${[key, ...more].sort().join(', ')}): name that of CACHE_REDIS_PREFIX_KEY with --redis-prefix.`,
				)
			return hashAt(key, await client.hKeys(key))
		},
		/** Who else is connected to the same database of Redis; empty if it does not tell. */
		async others(): Promise<string[]> {
			const own = await client.clientId().catch(() => undefined)
			const clients = await client.clientList({ TYPE: 'NORMAL' }).catch(() => [])
			const us = clients.find(({ id }) => id === own)
			return clients
				.filter(({ id, db }) => us && id !== own && db === us.db)
				.map(({ addr, name }) => [name, `from ${addr}`].filter(Boolean).join(' '))
		},
		close: async () => client.destroy(),
	}
}
