import type { GroupMetadata, WASocket } from '@whiskeysockets/baileys'
import { HOUR_MS } from '../lib/units.ts'

/** WhatsApp notifies of changes; this limit is for notifications that got lost. */
const KEEP_MS = HOUR_MS

type Entry = { metadata: Promise<GroupMetadata | undefined>; until: number }

/**
 * Caches the metadata of groups. Without it Baileys asks WhatsApp at every message to a group, and WhatsApp answers
 * so many queries with 429.
 */
export function createGroupCache(socket: () => WASocket | undefined) {
	const groups = new Map<string, Entry>()

	return {
		/** The metadata of a group. Calls at the same time cause one query to WhatsApp. */
		async get(jid: string): Promise<GroupMetadata | undefined> {
			const known = groups.get(jid)
			if (known && known.until > Date.now()) return known.metadata
			const metadata = Promise.resolve(socket()?.groupMetadata(jid)).catch((error) => {
				groups.delete(jid)
				throw error
			})
			groups.set(jid, { metadata, until: Date.now() + KEEP_MS })
			return metadata
		},
		/** Call it when these groups have changed. */
		forget(jids: (string | undefined)[]): void {
			for (const jid of jids) if (jid) groups.delete(jid)
		},
	}
}

export type GroupCache = ReturnType<typeof createGroupCache>
