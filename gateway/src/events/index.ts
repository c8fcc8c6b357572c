import type { z } from '@hono/zod-openapi'
import { callReceived } from './call-received.ts'
import { channelMessage } from './channel-message.ts'
import { chatPresence } from './chat-presence.ts'
import { contactIdentity } from './contact-identity.ts'
import { contactUpdated } from './contact-updated.ts'
import { eventResponse } from './event-response.ts'
import { groupJoinRequest } from './group-join-request.ts'
import { groupJoined } from './group-joined.ts'
import { groupParticipants } from './group-participants.ts'
import { groupUpdated } from './group-updated.ts'
import { historyChats } from './history-chats.ts'
import { historyMessages } from './history-messages.ts'
import { labelAssigned } from './label-assigned.ts'
import { labelEdited } from './label-edited.ts'
import { messageDeleted } from './message-deleted.ts'
import { messageEdited } from './message-edited.ts'
import { messageKept } from './message-kept.ts'
import { messagePinned } from './message-pinned.ts'
import { messageReaction } from './message-reaction.ts'
import { messageReceived } from './message-received.ts'
import { messageSent } from './message-sent.ts'
import { messageStatus } from './message-status.ts'
import { messageUndecryptable } from './message-undecryptable.ts'
import { pollVote } from './poll-vote.ts'
import type { RawMessage } from './raw.ts'
import { sessionPairingCode } from './session-pairing-code.ts'
import { sessionQr } from './session-qr.ts'
import { sessionStatusChanged } from './session-status.ts'
import { statusReceived } from './status-received.ts'
import { webhookExpired } from './webhook-expired.ts'
import { webhookTest } from './webhook-test.ts'

/** Every event that the outside world can hear of, in the order in which people are shown them. */
export const eventTypes = [
	messageReceived,
	messageSent,
	messageStatus,
	messageEdited,
	messageDeleted,
	messageReaction,
	messagePinned,
	messageKept,
	messageUndecryptable,
	pollVote,
	eventResponse,
	statusReceived,
	channelMessage,
	chatPresence,
	callReceived,
	contactUpdated,
	contactIdentity,
	historyChats,
	historyMessages,
	groupJoined,
	groupUpdated,
	groupParticipants,
	groupJoinRequest,
	labelEdited,
	labelAssigned,
	sessionStatusChanged,
	sessionQr,
	sessionPairingCode,
	webhookTest,
	webhookExpired,
] as const

type Definition = (typeof eventTypes)[number]

export type EventType = Definition['type']

/** What happened, before it has an id and a place in the session's sequence. */
export type Happening = {
	[D in Definition as D['type']]: {
		type: D['type']
		data: z.output<D['data']>
		/** Of what was made of a message, if somebody asks for it. */
		raw?: RawMessage
	}
}[EventType]

/** An event as webhooks get it. `seq` only grows within a session; after a restart there may be a gap. */
export type GatewayEvent = Happening & {
	id: string
	timestamp: string
	session: string
	seq: number
}

/** What must stay in order: the chat of a message, or the session itself. */
export function orderKey(event: GatewayEvent): string {
	return 'chat' in event.data ? event.data.chat.id : ''
}
