import type { proto } from '@whiskeysockets/baileys'
import type { Typing } from './typing.ts'

/** A message that is ready to be encrypted. */
export type OutgoingMessage = {
	message_id: string
	/** The recipient's jid, as callers and events name it. */
	to: string
	/** The jid under which it leaves: of the same person, in the form that the account uses. */
	address: string
	/** The code with which WhatsApp has refused it once. It is tried again no more. */
	refused?: string | undefined
	type: string
	content: proto.IMessage
	/** The jids of those who see a status. */
	audience?: string[] | undefined
	/** Shown before it leaves. It is not kept: after a crash the message leaves at once. */
	typing?: Typing | undefined
	/** How long after the last message to others it leaves, in milliseconds, whatever the setting. It is not kept either. */
	pauseMs?: number | undefined
}

/** What of it is kept. */
export function keptOf({ typing: _, pauseMs: __, address, ...rest }: OutgoingMessage) {
	return { ...rest, ...(address !== rest.to && { address }), from_me: true }
}
