import type { z } from '@hono/zod-openapi'
import { callReceived } from './types/call-received.ts'
import { callRejected } from './types/call-rejected.ts'
import { channelAdmins } from './types/channel-admins.ts'
import { channelMessage } from './types/channel-message.ts'
import { channelReaction } from './types/channel-reaction.ts'
import { channelUpdated } from './types/channel-updated.ts'
import { channelView } from './types/channel-view.ts'
import { chatUpdated } from './types/chat-updated.ts'
import { chatPresence } from './types/chat-presence.ts'
import { contactAbout } from './types/contact-about.ts'
import { contactBlocked } from './types/contact-blocked.ts'
import { contactIdentity } from './types/contact-identity.ts'
import { contactUpdated } from './types/contact-updated.ts'
import { eventResponse } from './types/event-response.ts'
import { communityGroups } from './types/community-groups.ts'
import { groupLeft } from './types/group-left.ts'
import { groupJoinRequest } from './types/group-join-request.ts'
import { groupJoined } from './types/group-joined.ts'
import { groupParticipants } from './types/group-participants.ts'
import { groupUpdated } from './types/group-updated.ts'
import { historyChats } from './types/history-chats.ts'
import { historyMessages } from './types/history-messages.ts'
import { labelAssigned } from './types/label-assigned.ts'
import { labelEdited } from './types/label-edited.ts'
import { messageDeleted } from './types/message-deleted.ts'
import { messageEdited } from './types/message-edited.ts'
import { messageKept } from './types/message-kept.ts'
import { messageOutgoing } from './types/message-outgoing.ts'
import { messagePinned } from './types/message-pinned.ts'
import { messageReaction } from './types/message-reaction.ts'
import { messageReceived } from './types/message-received.ts'
import { messageSent } from './types/message-sent.ts'
import { messageStatus } from './types/message-status.ts'
import { messageUndecryptable } from './types/message-undecryptable.ts'
import { pollVote } from './types/poll-vote.ts'
import { profileUpdated } from './types/profile-updated.ts'
import type { RawMessage } from './raw-message.ts'
import { sessionLimits } from './types/session-limits.ts'
import { sessionPairingCode } from './types/session-pairing-code.ts'
import { sessionPairingLink } from './types/session-pairing-link.ts'
import { sessionPasskey } from './types/session-passkey.ts'
import { sessionQr } from './types/session-qr.ts'
import { sessionRestored } from './types/session-restored.ts'
import { sessionStatusChanged } from './types/session-status.ts'
import { sessionVersion } from './types/session-version.ts'
import { settingsUpdated } from './types/settings-updated.ts'
import { statusReceived } from './types/status-received.ts'
import { webhookExpired } from './types/webhook-expired.ts'
import { webhookTest } from './types/webhook-test.ts'

/** Every event that the outside world can hear of, in the order in which people are shown them. */
export const eventTypes = [
	messageReceived,
	messageSent,
	messageOutgoing,
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
	channelReaction,
	channelView,
	channelUpdated,
	channelAdmins,
	chatUpdated,
	chatPresence,
	callReceived,
	callRejected,
	contactUpdated,
	contactIdentity,
	contactBlocked,
	contactAbout,
	historyChats,
	historyMessages,
	groupJoined,
	groupLeft,
	groupUpdated,
	groupParticipants,
	groupJoinRequest,
	communityGroups,
	labelEdited,
	labelAssigned,
	profileUpdated,
	settingsUpdated,
	sessionStatusChanged,
	sessionLimits,
	sessionQr,
	sessionPairingCode,
	sessionPairingLink,
	sessionPasskey,
	sessionVersion,
	sessionRestored,
	webhookTest,
	webhookExpired,
] as const

type Definition = (typeof eventTypes)[number]

export type EventType = Definition['type']

/** What happened, before it has an id and a place in the session's sequence. */
export type NewEvent = {
	[D in Definition as D['type']]: {
		type: D['type']
		data: z.output<D['data']>
		/** Of what was made of a message, if somebody asks for it. */
		raw?: RawMessage
	}
}[EventType]

/** An event as webhooks get it. `seq` only grows within a session; after a restart there may be a gap. */
export type GatewayEvent = NewEvent & {
	id: string
	timestamp: string
	session: string
	seq: number
	/** That of the session when it happened, if it has any. */
	metadata?: Record<string, string>
}

/**
 * What must stay in order: the chat of a message, or the session itself. A person goes by their LID, which is known as
 * a rule before their number is.
 */
export function orderKey({ data }: GatewayEvent): string {
	return 'chat' in data ? (data.chat.lid ?? data.chat.id) : ''
}
