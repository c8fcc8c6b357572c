import { encodeWAMessage, isLidUser, type proto, type WASocket } from '@whiskeysockets/baileys'
import type { OutgoingMessage } from '../outgoing-message.ts'
import { stanzaOf } from '../stanza.ts'
import { devicesOf } from './devices.ts'
import { encryptForAll } from './encrypt.ts'
import { isPlainText } from './is-plain-text.ts'
import { privacyToken } from './privacy-token.ts'
import { reportingToken } from './reporting-token.ts'
import { deviceIdentity } from './device-identity.ts'

/**
 * Sends a text to one person with the stanza that Baileys' `relayMessage` makes of it, without its transaction, in which
 * the sends of an account wait for each other, and its locks: a third less processor time with 16 sends at a time.
 * Resolves when the frame is handed to the socket. `test/integration/session/send/direct.test.ts` compares the two ways.
 * @param lid the recipient's LID, if it is known
 * @returns false, before anything is done, if it is a message for Baileys
 * @throws Error as `relayMessage`, when no device of the recipient or none of our own can be encrypted for
 */
export async function sendDirect(
	socket: WASocket,
	message: OutgoingMessage,
	lid: string | undefined,
): Promise<boolean> {
	const { address, content, audience, message_id: id } = message
	if (!lid || audience || !isPlainText(content)) return false
	const token = await privacyToken(socket, lid)
	if (!token) return false
	const { own, others } = await devicesOf(socket, address)
	await socket.assertSessions([...own, ...others])
	const [forOwn, forOthers] = await Promise.all([
		encryptForAll(socket, own, encodeWAMessage(asSentFromHere(address, content))),
		encryptForAll(socket, others, encodeWAMessage(content)),
	])
	const { additionalAttributes, additionalNodes = [] } = stanzaOf(message)
	const copies = [...forOwn, ...forOthers]
	await socket.sendNode({
		tag: 'message',
		attrs: { id, to: address, type: 'text', ...additionalAttributes },
		content: [
			{ tag: 'participants', attrs: {}, content: copies.map(({ node }) => node) },
			...(copies.some(({ isFirst }) => isFirst) ? [deviceIdentity(socket)] : []),
			...(await reportingToken(content, { id, address })),
			...token.nodes,
			...additionalNodes,
		],
	})
	return true
}

/** The LID of a recipient. @param lidOf finds the LID of a phone number, as user or jid */
export function lidAt(
	address: string,
	lidOf: (phone: string) => string | undefined,
): string | undefined {
	if (isLidUser(address)) return address
	const lid = lidOf(address.split('@')[0]!)
	return lid && (lid.includes('@') ? lid : `${lid}@lid`)
}

/** The copy for our own other devices: it says to whom the message went. */
const asSentFromHere = (destinationJid: string, message: proto.IMessage): proto.IMessage => ({
	deviceSentMessage: { destinationJid, message },
	messageContextInfo: message.messageContextInfo,
})
