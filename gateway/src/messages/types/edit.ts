import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import { mentionable } from '../envelope.ts'
import { defineMessage, type Earlier } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'
import { text } from './text.ts'

const MESSAGE_EDIT = 14 // ProtocolMessage.Type

export const edit = defineMessage({
	type: 'edit',
	title: 'Edit',
	description:
		'Edits the text or caption of a message that this account sent. WhatsApp accepts edits for 15 minutes.',
	schema: z.object({
		message_id: messageIdField('Message', 'Id of the message to edit'),
		text: text.schema.shape.text,
		...mentionable,
	}),
	refersTo: ({ message_id: id }) => [{ field: 'message_id', id, fromMe: true }],
	toContent({ text }, { chat, keys, earlier }) {
		refuseChannel(chat)
		return {
			protocolMessage: {
				key: keys.message_id,
				type: MESSAGE_EDIT,
				editedMessage: changed(text, earlier.message_id),
				timestampMs: Date.now(),
			},
		}
	},
	fromContent({ protocolMessage: protocol }) {
		if (protocol?.type !== MESSAGE_EDIT) return undefined
		return { message_id: protocol.key?.id ?? '', text: wordsOf(protocol.editedMessage ?? {}) }
	},
	textOf: ({ text }) => text,
	stanza: () => ({ attributes: { edit: '1' } }),
})

const captioned = ['imageMessage', 'videoMessage', 'documentMessage'] as const

/** @throws GatewayError invalid_request for a message that has no text to change, or another author */
function changed(text: string, earlier: Earlier | undefined): proto.IMessage {
	if (!earlier) return { extendedTextMessage: { text } }
	if (!earlier.fromMe) throw cannotEdit('was written by somebody else')
	const { content } = earlier
	const kind = captioned.find((name) => content[name])
	if (kind) return { [kind]: { ...content[kind], caption: text } }
	const { conversation, extendedTextMessage: said } = content
	if (!conversation && !said) throw cannotEdit('has no text that could be changed')
	return { extendedTextMessage: { text, contextInfo: said?.contextInfo } }
}

function wordsOf({ conversation, extendedTextMessage: said, ...content }: proto.IMessage): string {
	const kind = captioned.find((name) => content[name])
	return conversation || said?.text || (kind && content[kind]?.caption) || ''
}

function cannotEdit(why: string): GatewayError {
	const field = 'message_id'
	return new GatewayError('invalid_request', `The message of \`${field}\` ${why}.`, { field })
}
