import type { GroupMetadata, WASocket } from '@whiskeysockets/baileys'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../lib/units.ts'
import { askWhatsApp } from './ask/ask-whatsapp.ts'
import { fetchGroups } from './ask/group-query.ts'
import { connectionLost, isNo } from './ask/whatsapp-errors.ts'

/** WhatsApp notifies of changes; this limit is for notifications that got lost. */
const KEEP_MS = HOUR_MS
/** After so long without an answer WhatsApp is asked again. */
const ASK_AGAIN_MS = MINUTE_MS
/** WhatsApp does not like to be asked for all groups at every letter of a search. */
const KEEP_LIST_MS = 15 * SECOND_MS

type Entry = { metadata: Promise<GroupMetadata>; until: number }

/**
 * Caches the metadata of groups. Without it Baileys asks WhatsApp at every message to a group, and WhatsApp answers
 * so many queries with 429.
 * @param learnt called with groups that WhatsApp has told of
 */
export function createGroupCache(
	socket: () => WASocket | undefined,
	learnt: (groups: readonly GroupMetadata[]) => void = () => {},
) {
	const groups = new Map<string, Entry>()
	let list: { all: Promise<GroupMetadata[]>; until: number } | undefined

	async function ask(jid: string, before: Entry | undefined): Promise<GroupMetadata> {
		try {
			const open = socket()
			if (!open) throw connectionLost()
			const metadata = await askWhatsApp(() => open.groupMetadata(jid))
			learnt([metadata])
			return metadata
		} catch (error) {
			groups.delete(jid)
			if (!before || isNo(error)) throw error
			groups.set(jid, { ...before, until: Date.now() + ASK_AGAIN_MS })
			return before.metadata
		}
	}

	return {
		/**
		 * The metadata of a group. Calls at the same time cause one query to WhatsApp; if that is not answered, it is what was
		 * known an hour ago.
		 * @throws GatewayError those of `askWhatsApp`
		 */
		async get(jid: string): Promise<GroupMetadata> {
			const known = groups.get(jid)
			if (known && known.until > Date.now()) return known.metadata
			const metadata = ask(jid, known)
			groups.set(jid, { metadata, until: Date.now() + KEEP_MS })
			return metadata
		},
		/** All groups that the account is in, at most 15 s old. @throws GatewayError those of `askWhatsApp` */
		async all(): Promise<GroupMetadata[]> {
			if (list && list.until > Date.now()) return list.all
			const open = socket()
			if (!open) throw connectionLost()
			const asked = { all: fetchGroups(open), until: Date.now() + KEEP_LIST_MS }
			list = asked
			asked.all.then(learnt, () => {
				if (list === asked) list = undefined
			})
			return asked.all
		},
		/** Call it when these groups have changed, or there is a new one. */
		forget(jids: (string | undefined)[]): void {
			list = undefined
			for (const jid of jids) if (jid) groups.delete(jid)
		},
	}
}

export type GroupCache = ReturnType<typeof createGroupCache>
