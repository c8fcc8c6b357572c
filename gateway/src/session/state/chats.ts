import type { Change, StateStore } from '../../storage/driver.ts'

/** Precise enough to order chats, and much cheaper than a write at every message. */
const NOTE_EVERY_MS = 60_000

/** When a message was last exchanged in each chat. All are in memory. */
export async function openChats(state: StateStore) {
	const known = (await state.list('chat')) as Map<string, string>
	return {
		/** Notes that a message is exchanged in a chat now. */
		active(chat: string, now = Date.now()): Change[] {
			const last = known.get(chat)
			if (last && now - Date.parse(last) < NOTE_EVERY_MS) return []
			const value = new Date(now).toISOString()
			known.set(chat, value)
			return [{ collection: 'chat', id: chat, value }]
		},
		/** The chats by their jids, and when something last happened in them, to the minute. */
		all: (): ReadonlyMap<string, string> => known,
	}
}

export type Chats = Awaited<ReturnType<typeof openChats>>
