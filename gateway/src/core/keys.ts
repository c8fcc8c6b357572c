import { isJidGroup, jidNormalizedUser, type proto } from '@whiskeysockets/baileys'
import type { MessageReference } from '../messages/define.ts'
import { toJid } from './identity.ts'
import type { MessageStore } from './message-store.ts'

/**
 * How WhatsApp names earlier messages, by the field that refers to them.
 * @param chat the jid of the chat that a reference is in unless it says otherwise
 * @param me our own jid
 */
export async function keysOf(
	references: MessageReference[],
	messages: MessageStore,
	chat: string,
	me: string,
): Promise<Record<string, proto.IMessageKey>> {
	const keys: Record<string, proto.IMessageKey> = {}
	for (const reference of references) keys[reference.field] = await keyOf(reference)
	return keys

	async function keyOf({ id, chat: other, fromMe: assumed }: MessageReference) {
		const [record, stored] = await Promise.all([messages.get(id), messages.content(id)])
		const remoteJid = other ? toJid(other.recipient, other.field) : chat
		const fromMe = record?.from_me ?? assumed
		const author = fromMe ? me : stored?.sender
		// Where only one other writes, nobody has to be named.
		const participant = isJidGroup(remoteJid) && author && jidNormalizedUser(author)
		return { remoteJid, id, fromMe, ...(participant && { participant }) }
	}
}
