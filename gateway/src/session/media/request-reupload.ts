import type { proto, WAMessageKey, WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../../errors.ts'
import type { EncryptedFile } from '../../media/index.ts'

const PHONE_WAIT_MS = 30_000

/**
 * Asks the account's own phone to upload the file of a message again, which WhatsApp has forgotten.
 * @returns its new path on the media hosts
 * @throws GatewayError media_gone if the phone does not have it either, phone_silent
 */
export async function requestReupload(
	socket: WASocket,
	key: WAMessageKey,
	{ mediaKey }: EncryptedFile,
): Promise<string> {
	// Whatever the message is, this is all that Baileys needs of it; it puts the new path in.
	const file: proto.Message.IDocumentMessage = { mediaKey: mediaKey! }
	const late = setTimeout(() => stopWaiting(socket, key), PHONE_WAIT_MS)
	try {
		await socket.updateMediaMessage({ key, message: { documentMessage: file } })
	} catch (error) {
		throw reuploadError(error)
	} finally {
		clearTimeout(late)
	}
	return file.directPath ?? ''
}

// Baileys' words for not found, not decrypted, and anything else.
const phoneSays = [404, 412, 418]

class PhoneSilent extends Error {}

// Baileys would wait for ever; it takes this for the phone's answer.
function stopWaiting(socket: WASocket, key: WAMessageKey) {
	socket.ev.emit('messages.media-update', [{ key, error: new PhoneSilent() as never }])
}

function reuploadError(error: unknown): unknown {
	if (error instanceof PhoneSilent) {
		const advice =
			'WhatsApp no longer has the file, and the phone of the account, which may have it, does not respond. ' +
			'Switch the phone on and try again.'
		return new GatewayError('phone_silent', advice, { retryAfter: 60 })
	}
	const { isBoom, output } = error as { isBoom?: boolean; output?: { statusCode: number } }
	if (isBoom && !phoneSays.includes(output!.statusCode)) {
		const advice = 'The connection to WhatsApp ended while the phone was asked. Try again.'
		return new GatewayError('session_not_open', advice, { cause: error, retryAfter: 5 })
	}
	const advice =
		'Neither WhatsApp nor the phone of the account has the file any more. Ask its sender for it again.'
	return new GatewayError('media_gone', advice, { cause: error })
}
