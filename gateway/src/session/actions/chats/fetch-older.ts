import { isJidGroup, type BaileysEventMap, type WASocket } from '@whiskeysockets/baileys'
import { GatewayError } from '../../../errors.ts'
import { createCondition } from '../../../lib/condition.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { askWhatsApp } from '../../ask/ask-whatsapp.ts'
import type { SessionDeps } from '../../session-deps.ts'
import { findChat } from './find-chat.ts'

export type OlderMessages = {
	count: number
	/** The messages before this one; before the oldest known one otherwise. */
	before_message_id?: string | undefined
	/** How long to wait for the phone, in seconds; 0 does not wait. */
	wait: number
}

/**
 * Asks the account's phone for older messages of a chat. They are kept as they arrive, and told as `history.messages`.
 * @returns the id of the request, and whether the phone has answered it
 * @throws GatewayError chat_not_found, message_not_found, whatsapp_conflict if no message of the chat is known, and
 * phone_silent if the phone does not answer in time: it must be online
 */
export async function fetchOlder(
	deps: SessionDeps,
	given: string,
	{ count, before_message_id: before, wait }: OlderMessages,
): Promise<{ requestId: string; isAnswered: boolean }> {
	const { socket, messages } = deps
	const { identity, jid: remoteJid } = await findChat(deps, given)
	const id = before ?? (await messages.chats.oldest(identity.id))?.message_id
	const known = id === undefined ? undefined : (await messages.many([id])).get(id)
	if (!known) throw before === undefined ? nothingKnown() : unknownMessage(before)
	const participant = isJidGroup(remoteJid) && !known.from_me ? known.sender : undefined
	const key = { remoteJid, id: id!, fromMe: known.from_me, ...(participant && { participant }) }
	// Seconds, although Baileys calls the field one of milliseconds: phones read it so.
	const at = known.at ?? Math.floor(Date.now() / SECOND_MS)
	const answers = listenForAnswers(socket)
	try {
		const requestId = await askWhatsApp(() => socket.fetchMessageHistory(count, key, at))
		if (wait === 0) return { requestId, isAnswered: false }
		if (await answers.has(requestId, wait * SECOND_MS)) return { requestId, isAnswered: true }
	} finally {
		answers.end()
	}
	const advice = 'The phone of the account has not answered. It must be online; try again later.'
	throw new GatewayError('phone_silent', advice, { retryAfter: 60 })
}

/** The phone may answer before the id of the request is known. */
function listenForAnswers({ ev }: WASocket) {
	const came = new Set<string>()
	const arrival = createCondition()
	const note = ({ peerDataRequestSessionId: id }: BaileysEventMap['messaging-history.set']) => {
		if (id) came.add(id)
		arrival.happen()
	}
	ev.on('messaging-history.set', note)
	return {
		has: (id: string, ms: number) => arrival.until(() => came.has(id), ms),
		end: () => ev.off('messaging-history.set', note),
	}
}

function nothingKnown() {
	const advice =
		'No message of this chat is known: the phone is asked for those before a known one.'
	return new GatewayError('whatsapp_conflict', advice)
}

function unknownMessage(id: string) {
	const advice = `No message ${id} is kept. List those that are with GET …/chats/{jid}/messages.`
	return new GatewayError('message_not_found', advice, { field: 'before_message_id' })
}
