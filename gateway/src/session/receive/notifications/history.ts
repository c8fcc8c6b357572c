import type { BaileysEventMap, Chat, WAMessage } from '@whiskeysockets/baileys'
import { isJidGroup, toNumber } from '@whiskeysockets/baileys'
import type { Change } from '../../../storage/driver.ts'
import { unwrap } from '../../../messages/wrappers.ts'
import { describe } from '../describe-message.ts'
import { namesOf } from './contacts.ts'
import { defineHearing, who, type Heard, type Hearer } from './define.ts'

type Told = BaileysEventMap['messaging-history.set']

/** An event is to stay small enough for one delivery. */
const MESSAGES_IN_EVENT = 50
const CHATS_IN_EVENT = 100

/** What the phone tells a device that was just linked. The names are good to know in any case. */
export const history = defineHearing('messaging-history.set', (told, hearer) => {
	const names: Heard = { changes: told.contacts.flatMap((contact) => learnt(contact, hearer)) }
	return hearer.asked().history
		? [names, ...chatsIn(told, hearer), ...messagesIn(told, hearer)]
		: [names]
})

function learnt(contact: Told['contacts'][number], hearer: Hearer): Change[] {
	const known = who(contact.id, hearer, contact.phoneNumber ?? contact.lid)
	if (!known || isJidGroup(known.id)) return []
	return hearer.contacts.learn(known.id, namesOf(contact)).changes
}

const chatsIn = ({ chats }: Told, hearer: Hearer): Heard[] =>
	chunks(chats, CHATS_IN_EVENT).map((some) => ({
		happening: {
			type: 'history.chats',
			data: { chats: some.flatMap((chat) => chatOf(chat, hearer)) },
		},
	}))

function chatOf(told: Chat, hearer: Hearer) {
	const chat = who(told.id, hearer, told.pnJid ?? told.lidJid)
	if (!chat) return []
	const { unreadCount, archived, conversationTimestamp: last } = told
	return {
		chat: { ...chat, name: told.displayName || told.name || null },
		unread: Math.max(0, unreadCount ?? 0),
		archived: archived ?? false,
		last_message_at: last ? toNumber(last) : null,
	}
}

function messagesIn({ messages }: Told, hearer: Hearer): Heard[] {
	const written = messages.filter(({ key, message }) => key?.id && key.remoteJid && message)
	const chats = new Map<string, WAMessage[]>()
	for (const message of written) {
		const { remoteJid: chat } = message.key
		const known = chats.get(chat!)
		if (known) known.push(message)
		else chats.set(chat!, [message])
	}
	return [...chats.values()].flatMap((all) =>
		chunks(all, MESSAGES_IN_EVENT).map((some) => ofChat(some, hearer)),
	)
}

/** They are kept as others are: a file can be got, and a message be answered. */
function ofChat(messages: WAMessage[], hearer: Hearer): Heard {
	const read = messages.map((message) => ({
		message,
		data: describe(message, unwrap(message.message!), hearer),
	}))
	const changes = read.flatMap(({ message: { key, message }, data }) =>
		hearer.messages.keep(
			{
				message_id: data.message_id,
				to: data.chat.id,
				type: data.type,
				from_me: data.from_me,
				content: message!,
				sender: key.participant ?? undefined,
			},
			data.timestamp * 1000,
		),
	)
	const { chat } = read[0]!.data
	return {
		changes,
		happening: {
			type: 'history.messages',
			data: { chat: { ...chat, name: null }, messages: read.map(({ data }) => data) },
		},
	}
}

function chunks<T>(all: readonly T[], size: number): T[][] {
	return Array.from({ length: Math.ceil(all.length / size) }, (_, n) =>
		all.slice(n * size, (n + 1) * size),
	)
}
