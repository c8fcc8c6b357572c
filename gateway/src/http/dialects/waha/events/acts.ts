import type { LooseJson } from '../../loose-json.ts'
import type { Identity } from '../../../../events/identity.ts'
import type { EventOf, RenderContext } from '../../dialect.ts'
import { ackOf } from '../ack.ts'
import { chatIdOf, chatIdOfJid } from '../chat-id.ts'
import { serializedId, type MessageId } from '../message-id.ts'
import { waMessage } from '../wa-message.ts'
import type { Told } from './told.ts'

type ActEvent = EventOf<'message.reaction' | 'poll.vote' | 'event.response' | 'message.deleted'>

/** Whether many write in a chat: ids of its messages name their author. */
const hasAuthors = ({ id }: Identity) => id.endsWith('@g.us') || id.endsWith('@broadcast')

/** What is said of everything that somebody does to a message. Its own id is in the raw message alone. */
function actOf(event: ActEvent, { account }: RenderContext) {
	const { message_id, chat, sender, from_me: fromMe, timestamp } = event.data
	const from = chatIdOf(chat)
	const participant = hasAuthors(chat) ? chatIdOf(sender) : undefined
	const id = typeof event.raw?.key.id === 'string' ? event.raw.key.id : message_id
	return {
		id: serializedId({ fromMe, chat: from, id, participant }),
		timestamp,
		from,
		fromMe,
		source: 'app' as const,
		to: fromMe || participant ? from : account && chatIdOf(account),
		participant: participant ?? null,
	}
}

type RawKey = { fromMe?: boolean; id?: string; participant?: string } | undefined | null

/** The message that it is done to. A key in a message is written from the point of view of its author. */
function targetOf(event: ActEvent, key: RawKey, { account }: RenderContext): MessageId {
	const { message_id: id, chat, sender, from_me } = event.data
	const place = { id, chat: chatIdOf(chat) }
	if (!hasAuthors(chat)) return { ...place, fromMe: key ? from_me === Boolean(key.fromMe) : false }
	if (key?.fromMe) return { ...place, fromMe: from_me, participant: chatIdOf(sender) }
	const author = key?.participant && chatIdOfJid(key.participant)
	const isMine =
		author && account && [chatIdOf(account), account.lid].includes(author) ? account : undefined
	const participant = isMine ? chatIdOf(isMine) : author || undefined
	return { ...place, fromMe: isMine !== undefined, participant }
}

const keyIn = (event: ActEvent, ...path: [part: string, key: string]): RawKey =>
	(event.raw?.message as LooseJson | undefined)?.[path[0]]?.[path[1]]

/** `message.reaction`. */
export function reacted(event: EventOf<'message.reaction'>, context: RenderContext): Told {
	const target = targetOf(event, keyIn(event, 'reactionMessage', 'key'), context)
	return {
		name: 'message.reaction',
		payload: {
			...actOf(event, context),
			reaction: { text: event.data.emoji ?? '', messageId: serializedId(target) },
			_data: event.raw ?? null,
		},
	}
}

/** `message.revoked`: the deletion, which is a message too; what was deleted is not told again. */
export function revoked(event: EventOf<'message.deleted'>, context: RenderContext): Told {
	const { message_id, chat, sender, from_me: fromMe, timestamp } = event.data
	const id = typeof event.raw?.key.id === 'string' ? event.raw.key.id : message_id
	const after = waMessage({
		...{ id, chat, sender, fromMe, timestamp, account: context.account },
		...{ message: event.raw?.message ?? {}, isOurs: false },
		stage: fromMe ? 'sent' : 'delivered',
	})
	return {
		name: 'message.revoked',
		payload: { revokedMessageId: message_id, after, before: null, _data: after._data },
	}
}

/** Who is meant in a vote: the account itself is `me`. */
const voterName = (id: string | null, { account }: RenderContext) =>
	account && id === chatIdOf(account) ? 'me' : id

/** `poll.vote`, or `poll.vote.failed` where it cannot be read. */
export function voted(event: EventOf<'poll.vote'>, context: RenderContext): Told {
	const { options, chat } = event.data
	const { id, timestamp, from, fromMe, to, participant } = actOf(event, context)
	const key = keyIn(event, 'pollUpdateMessage', 'pollCreationMessageKey')
	const poll = targetOf(event, key, context)
	const isGroup = hasAuthors(chat)
	const named = (given: string | null) => voterName(given, context)
	return {
		name: options ? 'poll.vote' : 'poll.vote.failed',
		payload: {
			vote: {
				id,
				to: named(to),
				from: fromMe ? 'me' : named(participant ?? from),
				fromMe,
				...(participant && { participant: named(participant) }),
				selectedOptions: options ?? [],
				timestamp,
			},
			poll: {
				id: serializedId(poll),
				to: poll.fromMe || isGroup ? from : 'me',
				from: poll.fromMe ? 'me' : named(poll.participant ?? from),
				fromMe: poll.fromMe,
				...(poll.participant && { participant: named(poll.participant) }),
			},
			_data: event.raw ?? null,
		},
	}
}

const responses = { going: 'GOING', not_going: 'NOT_GOING', maybe: 'MAYBE' }

/** `event.response`, or `event.response.failed` where it cannot be read. */
export function responded(event: EventOf<'event.response'>, context: RenderContext): Told {
	const { response, extra_guests: extraGuestCount, timestamp } = event.data
	const key = keyIn(event, 'encEventResponseMessage', 'eventCreationMessageKey')
	const { id, participant, ...creation } = targetOf(event, key, context)
	return {
		name: response ? 'event.response' : 'event.response.failed',
		payload: {
			...actOf(event, context),
			eventCreationKey: serializedId({ id, participant, ...creation }),
			eventResponse: {
				response: response ? responses[response] : 'UNKNOWN',
				timestampMs: timestamp * 1000,
				extraGuestCount,
			},
			_data: event.raw ?? null,
		},
	}
}

/** `message.ack`, and `message.ack.group` for each of many recipients. */
export function acknowledged(event: EventOf<'message.status'>, { account }: RenderContext): Told {
	const { message_id: id, chat, status, by } = event.data
	const from = chatIdOf(chat)
	const isMany = hasAuthors(chat)
	const me = account ? chatIdOf(account) : undefined
	const own = { fromMe: true, chat: from, id }
	return {
		name: isMany ? 'message.ack.group' : 'message.ack',
		payload: {
			id: serializedId({ ...own, participant: isMany ? me : undefined }),
			from,
			to: from,
			participant: isMany ? (by ? chatIdOf(by) : (me ?? null)) : null,
			fromMe: true,
			...ackOf(status),
			_data: event.data,
		},
	}
}
