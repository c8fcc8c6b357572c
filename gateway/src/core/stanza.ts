import type { MessageRelayOptions } from '@whiskeysockets/baileys'
import { messageType } from '../messages/index.ts'
import { unwrap } from '../messages/wrappers.ts'
import type { Prepared } from './outbox.ts'

/**
 * What a message's stanza says unencrypted, and who gets it if that is not the chat. It follows from the message alone, so that what is sent again
 * after a crash says the same.
 */
export function stanzaOf({ type, content, audience }: Prepared): MessageRelayOptions {
	const { nodes, attributes } = messageType(type).stanza?.(unwrap(content).content) ?? {}
	return {
		...(nodes && { additionalNodes: nodes }),
		...(attributes && { additionalAttributes: attributes }),
		...(audience && { statusJidList: audience }),
	}
}
