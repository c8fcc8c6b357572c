import type { WASocket } from '@whiskeysockets/baileys'
import type { AddressingDeps } from './chat-addressing.ts'
import type { GroupCache } from './group-cache.ts'
import type { ChatTimers } from './state/chat-timers.ts'
import type { SessionState } from './state/index.ts'
import type { MessageStore } from './state/messages.ts'

/** The dependencies of an action: an open socket, and the known chats, people and messages. */
export type SessionDeps = AddressingDeps & {
	socket: WASocket
	groups: GroupCache
	messages: MessageStore
	timers: ChatTimers
	commit: SessionState['commit']
}
