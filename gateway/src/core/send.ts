import { randomBytes } from 'node:crypto'
import {
	isPnUser,
	jidNormalizedUser,
	type AnyMessageContent,
	type MiscMessageGenerationOptions,
	type WAMessage,
	type WASocket,
} from '@whiskeysockets/baileys'
import { GatewayError } from '../errors.ts'
import { acknowledgement, type Acknowledgement } from './acknowledgement.ts'
import { toJid } from './identity.ts'
import type { MessageLog } from './message-log.ts'

export type SendRequest = {
	/** In any form that identity.ts knows. */
	to: string
	/** The message type's name. */
	type: string
	content: AnyMessageContent
	/** Id of the message that this one answers. */
	replyTo?: string | undefined
	messageId?: string | undefined
}

/** `sent`: WhatsApp's server has it. `pending`: it left, and no answer came in time. */
export type SendResult = {
	message_id: string
	/** Unix time in seconds. */
	timestamp: number
	to: string
	status: 'sent' | 'pending'
}

export type Outgoing = {
	socket: WASocket
	log: MessageLog
	/** True if the person with this phone number was in touch before. */
	isKnown(phone: string): boolean
	/** How long to wait for WhatsApp's acknowledgement. */
	timeoutMs: number
}

/** `3EB0` and 18 hex digits, as WhatsApp Web makes them. */
export function newMessageId(random = randomBytes(9)): string {
	return `3EB0${random.toString('hex').toUpperCase()}`
}

/**
 * Sends a message and waits for WhatsApp's answer.
 * @throws GatewayError when it is known not to have been sent
 */
export async function sendOver(
	{ socket, log, isKnown, timeoutMs }: Outgoing,
	request: SendRequest,
): Promise<SendResult> {
	const to = await reachable(toJid(request.to), socket, isKnown)
	const messageId = request.messageId ?? newMessageId()
	const { answer, cancel } = acknowledgement(socket, messageId, timeoutMs)
	// Before it leaves: receipts may come back while the ratchet is still being written.
	log.add({ message_id: messageId, to, type: request.type, from_me: true }, 'accepted')
	try {
		log.get(messageId)!.message = await transmit(socket, to, messageId, request, log)
	} catch (cause) {
		cancel()
		log.reached(messageId, 'failed')
		throw whyNotSent(socket, cause)
	}
	return settle(await answer, messageId, to, log)
}

async function transmit(
	socket: WASocket,
	to: string,
	messageId: string,
	{ content, replyTo }: SendRequest,
	log: MessageLog,
): Promise<WAMessage> {
	const options: MiscMessageGenerationOptions = { messageId }
	if (replyTo) options.quoted = quotedMessage(replyTo, to, log)
	const message = await socket.sendMessage(to, content, options)
	if (!message) throw new Error('Baileys made no message of it')
	return message
}

function settle(
	answer: Acknowledgement,
	messageId: string,
	to: string,
	log: MessageLog,
): SendResult {
	if (answer.outcome === 'refused') {
		log.reached(messageId, 'failed')
		throw refusal(answer.code)
	}
	const at = answer.outcome === 'accepted' ? answer.at : new Date()
	if (answer.outcome === 'accepted') log.reached(messageId, 'sent', at)
	const status = answer.outcome === 'accepted' ? 'sent' : 'pending'
	return { message_id: messageId, timestamp: Math.floor(at.getTime() / 1000), to, status }
}

function refusal(code: string) {
	if (code === '463') {
		const advice =
			'WhatsApp does not let this account start new chats for now (code 463). Trying again makes it last longer; ' +
			'answering people who wrote first still works.'
		return new GatewayError('reachout_timelocked', advice, { whatsapp_code: code })
	}
	if (code === '429') {
		const advice = 'WhatsApp says that this account sends too much (code 429). Wait some minutes.'
		return new GatewayError('whatsapp_rate_limited', advice, {
			whatsapp_code: code,
			retryAfter: 900,
		})
	}
	const advice = `WhatsApp's server refused the message with code ${code}. It was not sent.`
	return new GatewayError('whatsapp_refused', advice, { whatsapp_code: code })
}

// WhatsApp accepts messages to numbers that nobody has, and Baileys then sends to our own phone alone: who is
// new has to be asked for. The answer may spell the number differently, as in Brazil.
async function reachable(
	to: string,
	socket: WASocket,
	isKnown: Outgoing['isKnown'],
): Promise<string> {
	const phone = to.split('@')[0]!
	if (!isPnUser(to) || isKnown(phone)) return to
	const answer = await socket.onWhatsApp(to).catch(() => undefined)
	if (!answer) return to
	const found = answer.find(({ exists }) => exists)
	if (found) return jidNormalizedUser(found.jid)
	const advice = `WhatsApp knows nobody with the number ${phone}. Check \`to\`.`
	throw new GatewayError('recipient_not_on_whatsapp', advice, { field: 'to' })
}

function whyNotSent(socket: WASocket, cause: unknown): GatewayError {
	if (socket.ws.isOpen) {
		const advice = `The message could not be sent: ${(cause as Error).message}.`
		return new GatewayError('whatsapp_refused', advice, { cause })
	}
	const advice = 'The connection to WhatsApp broke before the message left. Send it again.'
	return new GatewayError('session_not_open', advice, { cause, retryAfter: 5 })
}

// What is quoted is shown from the reader's own copy; ours is needed only where that is gone.
function quotedMessage(messageId: string, chat: string, log: MessageLog): WAMessage {
	const known = log.get(messageId)?.message
	if (known) return known
	return { key: { id: messageId, remoteJid: chat, fromMe: false }, message: { conversation: '' } }
}
