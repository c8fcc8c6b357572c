import type { WASocket } from '@whiskeysockets/baileys'
import type { AddressingDeps } from './chat-addressing.ts'
import type { GroupCache } from './group-cache.ts'
import type { NewEvent } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import type { Change } from '../storage/driver.ts'
import type { SessionState } from './state/index.ts'
import type { MessageStore } from './state/messages.ts'

/** The dependencies of an action: an open socket, and the known chats, people and messages. */
export type SessionDeps = AddressingDeps & {
	socket: WASocket
	groups: GroupCache
	messages: MessageStore
	state: SessionState
	/** The signed link to the file of a message. */
	mediaUrl(messageId: string): string
	/** The account. */
	me(): Identity | null
	/** Counts numbers before WhatsApp is asked about them. @throws GatewayError governor_limited */
	takeChecks(count: number): void
	/** Records and publishes an event of a change of our own, which WhatsApp does not tell us; `along` belongs to it. */
	tell(event: NewEvent, along?: readonly Change[]): Promise<void>
}
