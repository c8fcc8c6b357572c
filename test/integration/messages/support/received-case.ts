import type { proto } from '@whiskeysockets/baileys'

/** What others send, and what the event says of it besides who and when. */
export type ReceivedCase = {
	what: string
	receive: proto.IMessage
	event: { type: string; [field: string]: unknown }
}
