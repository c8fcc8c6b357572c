import {
	generateWAMessage,
	isPnUser,
	jidNormalizedUser,
	type AnyMessageContent,
	type WAMessage,
	type WASocket,
} from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import { silentLog } from '../log.ts'
import { toJid } from './identity.ts'
import type { MessageStore } from './message-store.ts'
import type { Prepared } from './outbox.ts'

export type SendRequest = {
	/** In any form that identity.ts knows. */
	to: string
	/** The message type's name. */
	type: string
	content: AnyMessageContent
	/** Id of the message that this one answers. */
	replyTo?: string | undefined
}

export type Preparation = {
	socket: WASocket
	messages: MessageStore
	/** True if the person with this phone number was in touch before. */
	isKnown(phone: string): boolean
}

/**
 * Makes a request a message that can be encrypted.
 * @throws GatewayError recipient_not_on_whatsapp
 */
export async function prepare(
	{ socket, messages, isKnown }: Preparation,
	{ to, type, content, replyTo }: SendRequest,
	messageId: string,
): Promise<Prepared> {
	const jid = await reachable(toJid(to), socket, isKnown)
	const message = await generateWAMessage(jid, content, {
		messageId,
		userJid: socket.user!.id,
		upload: socket.waUploadToServer,
		logger: silentLog,
		...(replyTo && { quoted: await quoted(replyTo, jid, messages) }),
	})
	return { message_id: messageId, to: jid, type, content: message.message! }
}

// WhatsApp accepts messages to numbers that nobody has, and Baileys then sends to our own phone alone: who is
// new has to be asked for. The answer may spell the number differently, as in Brazil.
async function reachable(to: string, socket: WASocket, isKnown: Preparation['isKnown']) {
	const phone = to.split('@')[0]!
	if (!isPnUser(to) || isKnown(phone)) return to
	const answer = await socket.onWhatsApp(to).catch(() => undefined)
	if (!answer) return to
	const found = answer.find(({ exists }) => exists)
	if (found) return jidNormalizedUser(found.jid)
	const advice = `WhatsApp knows nobody with the number ${phone}. Check \`to\`.`
	throw new GatewayError('recipient_not_on_whatsapp', advice, { field: 'to' })
}

// What is quoted is shown from the reader's own copy; ours is needed only where that is gone.
async function quoted(messageId: string, chat: string, messages: MessageStore): Promise<WAMessage> {
	const [record, stored] = await Promise.all([messages.get(messageId), messages.content(messageId)])
	const participant = stored?.sender
	return {
		key: {
			id: messageId,
			remoteJid: chat,
			fromMe: record?.from_me ?? false,
			...(participant && { participant }),
		},
		message: stored?.message ?? { conversation: '' },
	}
}
