import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { jidsOf } from '../identity.ts'

/** After how many seconds new messages disappear (0: never), and since when that holds: Unix time in seconds. */
export type ChatTimer = { expiration: number; since: number }

/**
 * The timers of disappearing messages in chats with people, in memory. Those of groups come with their metadata.
 */
export async function openChatTimers(state: StateStore) {
	const known = (await state.list('chat-timer')) as Map<string, ChatTimer>

	function timerOf(chat: Identity): ChatTimer | undefined {
		const timers = jidsOf(chat).flatMap((jid) => known.get(jid) ?? [])
		return timers.sort((a, b) => b.since - a.since)[0]
	}

	return {
		/** Seconds; 0 if messages of this chat stay, or if nothing is known of it. */
		expirationIn: (chat: Identity): number => timerOf(chat)?.expiration ?? 0,
		/** Keeps the timer of a chat, unless a newer one is known. @returns nothing if it is not changed by it */
		set(chat: Identity, timer: ChatTimer): Change[] {
			const before = timerOf(chat)
			if (before && before.since > timer.since) return []
			if ((before?.expiration ?? 0) === timer.expiration) return []
			const id = chat.id
			known.set(id, timer)
			return [{ collection: 'chat-timer', id, value: timer }]
		},
	}
}

export type ChatTimers = Awaited<ReturnType<typeof openChatTimers>>
