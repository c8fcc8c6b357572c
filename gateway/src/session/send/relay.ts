import { isLidUser, type WASocket } from '@whiskeysockets/baileys'
import type { SessionContext } from '../session-context.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { issuePrivacyToken } from './privacy-tokens.ts'
import { createDeviceFinder } from './recipient-devices.ts'
import { stanzaOf } from './stanza.ts'

/**
 * Encrypts messages and hands them to the socket. A call waits until Baileys has written the message; not for
 * WhatsApp's answer.
 */
export function createRelay({ otherName, groups }: Pick<SessionContext, 'otherName' | 'groups'>) {
	const findDevices = createDeviceFinder(groups)

	return async function relay(socket: WASocket, message: OutgoingMessage): Promise<void> {
		const { address, content, message_id: messageId } = message
		const lid = isLidUser(address) ? address : otherName(address.split('@')[0]!, 'phone')
		if (lid) await issuePrivacyToken(socket, address, lid.includes('@') ? lid : `${lid}@lid`)
		await findDevices(socket, message)
		await socket.relayMessage(address, content, { messageId, ...stanzaOf(message) })
	}
}
