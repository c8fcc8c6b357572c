import type { BaileysEventMap, Chat, WAMessage } from '@whiskeysockets/baileys'
import { isJidGroup, toNumber } from '@whiskeysockets/baileys'
import type { Change } from '../../../storage/driver.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { isSinglePerson } from '../../identity.ts'
import { canonicalMessage } from '../canonical-message.ts'
import { describeMessage } from '../describe-message.ts'
import { withoutSecondFiles } from '../messages/second-file.ts'
import { contactNamesIn } from './contacts.ts'
import type { Effect } from '../../effect.ts'
import { defineNotification, identityIn, type NotificationDeps } from './define.ts'

type HistorySet = BaileysEventMap['messaging-history.set']

/** Limits that keep an event small enough for one delivery. */
const MESSAGES_IN_EVENT = 50
const CHATS_IN_EVENT = 100

/** The history that the phone sends to a newly linked device. Names and timers are kept in any case. */
export const history = defineNotification('messaging-history.set', async (notification, deps) => {
	const known: Effect = {
		changes: [
			...notification.contacts.flatMap((contact) => learnt(contact, deps)),
			...notification.chats.flatMap((chat) => timerOf(chat, deps)),
			...deps.names.learn(notification.chats.flatMap(groupIn)),
		],
	}
	const messages = await messagesIn(notification, deps)
	const counts: Effect = { changes: notification.chats.flatMap((chat) => unreadOf(chat, deps)) }
	// Messages that were asked for are told, also without a webhook for the whole history.
	return deps.optionalFeeds().history || notification.peerDataRequestSessionId
		? [known, ...chatsIn(notification, deps), ...messages, counts]
		: [known, ...messages.map(({ changes }) => ({ changes })), counts]
})

function unreadOf({ id, unreadCount, ...chat }: Chat, deps: NotificationDeps): Change[] {
	const known = identityIn(id, deps, chat.pnJid ?? chat.lidJid)
	return known ? deps.messages.chats.unreadAtFirst(known.id, unreadCount ?? 0) : []
}

function learnt(contact: HistorySet['contacts'][number], deps: NotificationDeps): Change[] {
	const known = identityIn(contact.id, deps, contact.phoneNumber ?? contact.lid)
	if (!known || isJidGroup(known.id)) return []
	return deps.contacts.learn(known, contactNamesIn(contact), 'history').changes
}

const groupIn = ({ id, name }: Chat) => (id && isJidGroup(id) ? [{ id, subject: name }] : [])

function timerOf({ id, ephemeralExpiration, ...chat }: Chat, deps: NotificationDeps): Change[] {
	const known = identityIn(id, deps, chat.pnJid ?? chat.lidJid)
	if (!known || !isSinglePerson(known) || !ephemeralExpiration) return []
	const since = toNumber(chat.ephemeralSettingTimestamp)
	return deps.timers.set(known, { expiration: ephemeralExpiration, since })
}

const chatsIn = ({ chats }: HistorySet, deps: NotificationDeps): Effect[] =>
	chunks(chats, CHATS_IN_EVENT).map((some) => ({
		event: {
			type: 'history.chats',
			data: { chats: some.flatMap((chat) => chatOf(chat, deps)) },
		},
	}))

function chatOf(known: Chat, deps: NotificationDeps) {
	const chat = identityIn(known.id, deps, known.pnJid ?? known.lidJid)
	if (!chat) return []
	const { unreadCount, archived, conversationTimestamp: last } = known
	return {
		chat: { ...chat, name: known.displayName || known.name || null },
		unread: Math.max(0, unreadCount ?? 0),
		archived: archived ?? false,
		last_message_at: last ? toNumber(last) : null,
	}
}

async function messagesIn(
	{ messages, peerDataRequestSessionId: requestId }: HistorySet,
	deps: NotificationDeps,
): Promise<Effect[]> {
	const written = messages
		.filter(({ key, message }) => key?.id && key.remoteJid && message)
		.map(canonicalMessage)
	const chats = new Map<string, WAMessage[]>()
	for (const message of written) {
		const { remoteJid: chat } = message.key
		const known = chats.get(chat!)
		if (known) known.push(message)
		else chats.set(chat!, [message])
	}
	const effects: Effect[] = []
	for (const all of chats.values())
		for (const some of chunks(withoutSecondFiles(all), MESSAGES_IN_EVENT))
			effects.push(await ofChat(some, deps, requestId))
	return effects
}

/** Messages of the history are kept like others, so that files and replies work. */
async function ofChat(
	messages: WAMessage[],
	deps: NotificationDeps,
	requestId: string | null | undefined,
): Promise<Effect> {
	const read = messages.map((message) => ({
		message,
		data: describeMessage(message, unwrap(message.message!), deps),
	}))
	const newestFirst = read.toSorted((a, b) => b.data.timestamp - a.data.timestamp)
	const changes = await deps.messages.keepHistory(
		newestFirst.map(({ message: { key, message }, data }) => ({
			message: {
				message_id: data.message_id,
				to: data.chat.id,
				type: data.type,
				from_me: data.from_me,
				content: message!,
				sender: key.participant ?? undefined,
			},
			at: data.timestamp,
		})),
	)
	const { chat } = read[0]!.data
	return {
		changes,
		event: {
			type: 'history.messages',
			data: {
				chat: { ...chat, name: null },
				messages: read.map(({ data }) => data),
				...(requestId && { request_id: requestId }),
			},
		},
	}
}

function chunks<T>(all: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
		all.slice(n * size, (n + 1) * size),
	)
}
