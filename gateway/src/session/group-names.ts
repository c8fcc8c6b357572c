import { isJidGroup } from '@whiskeysockets/baileys'
import type { GatewayEvent } from '../events/index.ts'
import { MINUTE_MS } from '../lib/units.ts'
import type { SessionContext } from './session-context.ts'

/** WhatsApp tells the names of all groups in one answer, and does not like to be asked often. */
const ASK_AGAIN_MS = MINUTE_MS

/** Asks for the names of groups when something happens in one whose name is not known: a message does not have it. */
export function createGroupNames({
	groups,
	socket,
	log,
}: Pick<SessionContext, 'groups' | 'socket' | 'log'>) {
	let askedAt = -Infinity

	return {
		/** Call it with each event. */
		onEvent({ data }: GatewayEvent): void {
			const chat = 'chat' in data ? data.chat : null
			if (!chat || chat.name || !isJidGroup(chat.id)) return
			if (!socket() || performance.now() < askedAt + ASK_AGAIN_MS) return
			askedAt = performance.now()
			groups.all().catch((err) => log.warn({ err }, 'names of groups not known'))
		},
	}
}
