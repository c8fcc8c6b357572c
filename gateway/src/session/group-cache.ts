import type { GroupMetadata, WASocket } from '@whiskeysockets/baileys'
import { HOUR_MS } from '../lib/units.ts'

/** Changes are told by WhatsApp; this is for those that got lost. */
const KEEP_MS = HOUR_MS

type Entry = { metadata: Promise<GroupMetadata | undefined>; until: number }

/**
 * Who is in which group. Without it Baileys asks WhatsApp at every message to a group, and WhatsApp answers
 * so many questions with 429.
 */
export function createGroupCache(socket: () => WASocket | undefined) {
	const groups = new Map<string, Entry>()

	return {
		/** Asks WhatsApp once, however many want to know at the same time. */
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
		/** Something about these groups has changed. */
		forget(jids: (string | undefined)[]): void {
			for (const jid of jids) if (jid) groups.delete(jid)
		},
	}
}

export type GroupCache = ReturnType<typeof createGroupCache>
