import type { proto, WAMessage } from '@whiskeysockets/baileys'
import type { Unwrapped } from '../../../messages/wrappers.ts'
import type { Effect } from '../../effect.ts'
import type { ReceiveDeps } from '../describe-message.ts'
import type { EditMark } from '../envelope.ts'

/** A message as it came, and its content taken out of its wrappers. */
export type UnwrappedMessage = Unwrapped & {
	message: WAMessage & EditMark
	/** Whether not only the author may change the message that it is about, as when people add options to a poll. */
	byAnyone?: boolean
}

/**
 * Reads one kind of content. Its effect is committed together with the ratchet step of the decryption.
 * @returns undefined if the message has no effect
 */
export type MessageReader = (
	unwrapped: UnwrappedMessage,
	deps: ReceiveDeps,
) => Effect | undefined | Promise<Effect | undefined>

export type ContentKind = keyof proto.IMessage
