import type { WASocket } from '@whiskeysockets/baileys'
import type { SessionContext } from '../session-context.ts'
import { lidAt, sendDirect } from './direct/index.ts'
import type { OutgoingMessage } from './outgoing-message.ts'
import { issuePrivacyToken } from './privacy-tokens.ts'
import { createDeviceFinder } from './recipient-devices.ts'
import { createSessionRenewal } from './session-renewal.ts'
import { stanzaOf } from './stanza.ts'

export type RelayOptions = Pick<SessionContext, 'otherName' | 'groups' | 'state' | 'log'> & {
	/** Whether texts to one person are sent without Baileys. */
	direct: boolean
}

/**
 * Encrypts messages and hands them to the socket. A call waits until the message is written; not for WhatsApp's answer.
 */
export function createRelay({ otherName, groups, state, log, direct }: RelayOptions) {
	const findDevices = createDeviceFinder(groups)
	const renewSessions = createSessionRenewal(log)

	return async function relay(socket: WASocket, message: OutgoingMessage): Promise<void> {
		const { address, content, message_id: messageId } = message
		const lid = lidAt(address, (phone) => otherName(phone, 'phone'))
		if (lid) await issuePrivacyToken(socket, address, lid)
		await findDevices(socket, message)
		await renewSessions(socket, (await state()).auth.signal)
		if (direct && (await sendDirect(socket, message, lid))) return
		await socket.relayMessage(address, content, { messageId, ...stanzaOf(message) })
	}
}
