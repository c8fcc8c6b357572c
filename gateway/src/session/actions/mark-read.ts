import { GatewayError } from '../../errors.ts'
import { askWhatsApp } from '../ask/ask-whatsapp.ts'
import { hasManyAuthors, addressingIn } from '../chat-addressing.ts'
import { toJid } from '../identity.ts'
import type { SessionDeps } from '../session-deps.ts'

export type ReadMessages = { chat: string; message_ids: string[]; sender?: string | undefined }

/**
 * Sends read receipts to the authors of messages (blue ticks), unless the account's privacy settings hide them.
 * @throws GatewayError message_not_found if the author of a group's message is not known
 */
export async function markRead(deps: SessionDeps, messages: ReadMessages): Promise<void> {
	const keys = await keysOf(deps, messages)
	await askWhatsApp(() => deps.socket.readMessages(keys))
}

/** Tells the authors of voice notes that they were heard (blue microphones). @throws GatewayError as `markRead` */
export async function markPlayed(deps: SessionDeps, messages: ReadMessages): Promise<void> {
	const keys = await keysOf(deps, messages)
	await askWhatsApp(() => deps.socket.sendReceipts(keys, 'played'))
}

async function keysOf(deps: SessionDeps, { chat, message_ids: ids, sender }: ReadMessages) {
	const remoteJid = toJid(chat, 'chat_jid')
	const called = await addressingIn(remoteJid, deps)
	const said = sender === undefined ? undefined : called(toJid(sender, 'sender'))
	return Promise.all(ids.map(messageKey))

	async function messageKey(id: string) {
		const [record, stored] = await Promise.all([deps.messages.get(id), deps.messages.content(id)])
		const fromMe = record?.from_me ?? false
		if (fromMe || !hasManyAuthors(remoteJid)) return { remoteJid, id, fromMe }
		const participant = stored?.sender ?? said
		if (participant) return { remoteJid, id, fromMe, participant }
		const advice = `No message ${id} is kept: name its author in \`sender\`.`
		throw new GatewayError('message_not_found', advice, { field: 'sender' })
	}
}
