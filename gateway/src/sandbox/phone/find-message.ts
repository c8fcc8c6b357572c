import { proto } from '@whiskeysockets/baileys'
import { LID_SERVER, parseJid } from '../wire/jid.ts'
import { lidOf } from '../server/jids.ts'
import { pnOf } from '../server/jids.ts'
import { type Account } from '../server/model.ts'
import { isBroadcast } from '../server/fan-out.ts'
import { isGroup } from '../server/groups.ts'
import type { Inbox } from './inbox.ts'
import type { PhoneContext } from './context.ts'
import { personOf } from './person.ts'

/** A message on a phone, received or sent. */
export type FoundMessage = {
	id: string
	chat: string
	/** The author, as the chat shows them. */
	author: string
	fromMe: boolean
	message: proto.IMessage
	/** When it was sent, in Unix seconds; unknown for some old ones. */
	timestamp?: number | undefined
}

export const hasManyAuthors = (chat: string) => isGroup(chat) || isBroadcast(chat)

/** How this account is seen in a chat. */
export function ownJidIn({ account, whatsapp }: PhoneContext, chat: string): string {
	const group = whatsapp.directory.groups.get(chat)
	const isHidden = account.addressing === 'lid' || parseJid(chat).server === LID_SERVER
	const withLids = group ? group.addressing === 'lid' : isHidden
	return withLids ? lidOf(account) : pnOf(account)
}

/** Both names of a person: which one was used in a secret depends on the client. */
export function jidsOf(context: PhoneContext, jid: string): string[] {
	const account: Account | undefined = context.whatsapp.directory.account(jid)
	return account ? [pnOf(account), lidOf(account)] : [jid]
}

/** Finds a message among what this phone has received and sent. */
export function findMessage(
	context: PhoneContext,
	inbox: Inbox,
	id: string,
): FoundMessage | undefined {
	const received = inbox.entries.findLast((entry) => entry.id === id)
	if (received?.message) {
		const { chat, from, fromMe, message, timestamp } = received
		const author = fromMe ? ownJidIn(context, chat) : personOf(from)
		return { id, chat, author, fromMe, message, timestamp }
	}
	const sent = context.state.sent[id]
	if (!sent) return undefined
	const message = proto.Message.decode(sent.message)
	const { to: chat, at: timestamp } = sent
	return { id, chat, author: ownJidIn(context, chat), fromMe: true, message, timestamp }
}

/** How a message refers to another one. */
export const messageKeyOf = ({ id, chat, author, fromMe }: FoundMessage): proto.IMessageKey => ({
	remoteJid: chat,
	fromMe,
	id,
	participant: hasManyAuthors(chat) ? author : undefined,
})

/** The context that makes a message a reply to another one. */
export const quoting = ({ id, author, message }: FoundMessage): proto.IContextInfo => ({
	stanzaId: id,
	participant: author,
	quotedMessage: message,
})
