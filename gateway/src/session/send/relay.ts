import { isLidUser, type WASocket } from '@whiskeysockets/baileys'
import type { SessionContext } from '../session-context.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { issuePrivacyToken } from './privacy-tokens.ts'
import { stanzaOf } from './stanza.ts'

/** Encrypts a message and hands it to the socket. Waits until Baileys has written it; not for WhatsApp's answer. */
export async function relay(
	socket: WASocket,
	message: OutgoingMessage,
	otherName: SessionContext['otherName'],
): Promise<void> {
	const { to, content, message_id: messageId } = message
	const lid = isLidUser(to) ? to : otherName(to.split('@')[0]!, 'phone')
	if (lid) await issuePrivacyToken(socket, to, lid.includes('@') ? lid : `${lid}@lid`)
	await socket.relayMessage(to, content, { messageId, ...stanzaOf(message) })
}
