import {
	assertNodeErrorFree,
	DisconnectReason,
	type BinaryNode,
	type WASocket,
} from '@whiskeysockets/baileys'
import { isGatewayError } from '../../errors.ts'
import { askWhatsApp } from './ask-whatsapp.ts'
import { element } from './element.ts'
import { askIq } from './iq.ts'

/**
 * Requests a pairing code for a phone number, and waits until WhatsApp has taken it; Baileys shows the code also if
 * WhatsApp refuses.
 * @param digits the number, country code first
 * @throws GatewayError those of `askWhatsApp`
 */
export async function requestPairingCode(socket: WASocket, digits: string): Promise<string> {
	return askWhatsApp(async () => {
		const answer = answerToNext(socket)
		const code = await socket.requestPairingCode(digits)
		assertNodeErrorFree(await answer)
		return code
	})
}

/** Baileys numbers its queries one after the other, and its function for pairing codes keeps the number to itself. */
function answerToNext({ ws, generateMessageTag }: WASocket): Promise<BinaryNode> {
	const [, prefix, count] = /^(.*?)(\d+)$/.exec(generateMessageTag())!
	return new Promise((resolve) => ws.once(`TAG:${prefix}${Number(count) + 1}`, resolve))
}

/**
 * Unlinks the device at WhatsApp and ends the connection. Baileys would not wait for the answer: without one the device
 * may still be linked.
 * @throws GatewayError those of `askWhatsApp`
 */
export async function unlinkDevice(socket: WASocket): Promise<void> {
	const companion = { jid: socket.user!.id, reason: 'user_initiated' }
	const content = [element('remove-companion-device', companion)]
	await askIq(socket, { type: 'set', xmlns: 'md', content }).catch((error: unknown) => {
		// WhatsApp may end the connection of a device that it has unlinked before it answers.
		if (!isGatewayError(error, 'session_not_open')) throw error
	})
	const output = { statusCode: DisconnectReason.loggedOut }
	await socket.end(Object.assign(new Error('Intentional Logout'), { output }))
}
