import { DisconnectReason, type WASocket } from '@whiskeysockets/baileys'
import { isGatewayError } from '../../errors.ts'
import { element } from './element.ts'
import { askIq } from './iq.ts'

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
