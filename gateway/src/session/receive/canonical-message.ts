import { isJidBroadcast, isJidStatusBroadcast, type WAMessage } from '@whiskeysockets/baileys'
import { hasManyAuthors } from '../chat-addressing.ts'
import { withoutDevice } from '../identity.ts'

/**
 * The message with the jids of chat and author in one form, whichever WhatsApp's stanza had: people without their
 * devices, and messages to a person's broadcast list in the chat with that person. `broadcast` says the latter.
 */
export function canonicalMessage(message: WAMessage): WAMessage {
	const { key } = message
	const from = withoutDevice(key.remoteJid ?? '')
	const author = key.participant ? withoutDevice(key.participant) : undefined
	const isFromList = isList(from)
	// A list of this account has many recipients, and no other person whose chat it were.
	const remoteJid = isFromList && author && !key.fromMe ? author : from
	const participant = hasManyAuthors(remoteJid) ? author : undefined
	const broadcast = isFromList || (message.broadcast === true && !isJidBroadcast(from))
	return { ...message, key: { ...key, remoteJid, participant }, broadcast }
}

const isList = (jid: string) => isJidBroadcast(jid) && !isJidStatusBroadcast(jid)
