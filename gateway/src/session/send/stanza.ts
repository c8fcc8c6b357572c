import type { MessageRelayOptions, proto } from '@whiskeysockets/baileys'
import { messageType, typeIn } from '../../messages/index.ts'
import { unwrap } from '../../messages/wrappers.ts'
import type { OutgoingMessage } from './outgoing-message.ts'

/**
 * What a message's stanza says unencrypted, and who gets it if that is not the chat. It follows from the
 * message alone, so that what is sent again after a crash says the same.
 */
export function stanzaOf({ type, content, audience }: OutgoingMessage): MessageRelayOptions {
	const { content: said } = unwrap(content)
	const { nodes, attributes } = definitionOf(type, said).stanza?.(said) ?? {}
	return {
		...(nodes && { additionalNodes: nodes }),
		...(attributes && { additionalAttributes: attributes }),
		...(audience && { statusJidList: audience }),
	}
}

// What comes in as another type is one on its way already.
function definitionOf(type: string, said: proto.IMessage) {
	const definition = messageType(type)
	return definition.fromContent ? definition : (typeIn(said) ?? definition)
}
