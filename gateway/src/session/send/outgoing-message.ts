import type { proto } from '@whiskeysockets/baileys'

/** A message that is ready to be encrypted. */
export type OutgoingMessage = {
	message_id: string
	/** A jid. */
	to: string
	type: string
	content: proto.IMessage
	/** The jids of those who see a status. */
	audience?: string[] | undefined
}
