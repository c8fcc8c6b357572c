import { isLidUser, type WASocket } from '@whiskeysockets/baileys'
import type { Prepared } from './outbox.ts'
import { issuePrivacyToken } from './privacy-tokens.ts'
import { stanzaOf } from './stanza.ts'

/** Encrypts messages and sends them to WhatsApp's server. */
export function relayWith(otherName: (user: string, kind: 'phone' | 'lid') => string | undefined) {
	return async function relay(socket: WASocket, message: Prepared): Promise<void> {
		const { to, content, message_id: messageId } = message
		const lid = isLidUser(to) ? to : otherName(to.split('@')[0]!, 'phone')
		if (lid) await issuePrivacyToken(socket, to, lid.includes('@') ? lid : `${lid}@lid`)
		await socket.relayMessage(to, content, { messageId, ...stanzaOf(message) })
	}
}
