import type { GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import { markRead } from './actions/mark-read.ts'
import type { SessionDeps } from './session-deps.ts'
import type { SessionSettings } from './session-settings.ts'

export type AutoReadOptions = {
	settings(): SessionSettings
	/** Waits for a connection. @throws GatewayError session_not_open */
	connected(): Promise<SessionDeps>
	log: Log
}

/** Marks messages as read when their events are durable, if the owner wants that: those of a chat together. */
export function createAutoRead({ settings, connected, log }: AutoReadOptions) {
	const unread = new Map<string, string[]>()
	let reading = false

	async function readAll() {
		while (unread.size) {
			const deps = await connected()
			const chats = [...unread]
			unread.clear()
			for (const [chat, message_ids] of chats)
				await markRead(deps, { chat, message_ids }).catch((err) =>
					log.warn({ err }, 'messages not marked as read'),
				)
		}
	}

	/** What could not be read for want of a connection is read after the next one. */
	function resume() {
		if (reading) return
		reading = true
		readAll()
			.catch(() => undefined)
			.finally(() => (reading = false))
	}

	return {
		take(event: GatewayEvent) {
			if (event.type !== 'message.received' || !wants(settings(), event.data.chat.id)) return
			const { chat, message_id: id } = event.data
			unread.set(chat.id, [...(unread.get(chat.id) ?? []), id])
			resume()
		},
		resume,
	}
}

function wants({ read_messages: mode }: SessionSettings, chat: string): boolean {
	return mode === 'all' || (mode === 'chats' && !chat.endsWith('@g.us'))
}
