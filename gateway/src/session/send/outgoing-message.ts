import type { proto } from '@whiskeysockets/baileys'
import type { Typing } from './typing.ts'

/** A message that is ready to be encrypted. */
export type OutgoingMessage = {
	message_id: string
	/** A jid. */
	to: string
	type: string
	content: proto.IMessage
	/** The jids of those who see a status. */
	audience?: string[] | undefined
	/** Shown before it leaves. It is not kept: after a crash the message leaves at once. */
	typing?: Typing | undefined
}
