import type { WAMessage } from '@whiskeysockets/baileys'
import { jidsOf } from '../identity.ts'
import { originOf, type PeopleDeps } from './describe-message.ts'

/**
 * Every name of a message: its id with each jid of its chat and, where many write, of its author. WhatsApp may deliver
 * it once by phone number and once by LID. The first name is the one to keep.
 * @param message in its canonical form
 */
export function keysOf(message: WAMessage, deps: PeopleDeps): string[] {
	const { chat, sender } = originOf(message, deps)
	const authors = message.key.participant ? jidsOf(sender) : ['']
	return jidsOf(chat).flatMap((jid) =>
		authors.map((author) => [jid, author, message.key.id].join(' ')),
	)
}
