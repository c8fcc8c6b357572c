import type { proto, WAMessage } from '@whiskeysockets/baileys'
import type { Unwrapped } from '../../../messages/wrappers.ts'
import type { Receiver, Understood } from '../describe-message.ts'

/** A message as it came, and taken out of its wrappers. */
export type Arrived = Unwrapped & { message: WAMessage }

/**
 * Reads one kind of what comes encrypted; undefined if nothing follows from it. What it changes is
 * committed with the ratchet step, together with the event.
 */
export type Reading = (
	arrived: Arrived,
	receiver: Receiver,
) => Understood | undefined | Promise<Understood | undefined>

export type Kind = keyof proto.IMessage
