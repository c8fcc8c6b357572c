import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import { unquotable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'

const REVOKE = 0 // ProtocolMessage.Type

export const revoke = defineMessage({
	type: 'revoke',
	aliases: ['delete'],
	title: 'Delete for Everyone',
	description: `Deletes a message or status of this account for everyone; as a group admin, also messages of others. ${unquotable}`,
	schema: z.object({
		message_id: messageIdField('Message', 'Id of the message to delete'),
		original_sender: z
			.string()
			.optional()
			.meta({
				title: 'Original Sender',
				description:
					'Author of that message, if it is not this account: phone number or id; used only if the gateway has not kept it',
				examples: ['4915112345678'],
			}),
	}),
	refersTo: ({ message_id: id, original_sender: recipient }) => [
		{
			field: 'message_id',
			id,
			fromMe: recipient === undefined,
			author: { field: 'original_sender', recipient },
		},
	],
	toContent(_, { chat, keys: { message_id: key } }) {
		refuseChannel(chat)
		if (!key!.fromMe && !chat.endsWith('@g.us')) throw notOurs()
		return { protocolMessage: { key, type: REVOKE } }
	},
	fromContent({ protocolMessage: protocol }) {
		if (!protocol?.key?.id || (protocol.type ?? REVOKE) !== REVOKE) return undefined
		const { id, participant } = protocol.key
		return { message_id: id, original_sender: participant || undefined }
	},
	// Some clients of WA-RS ask for `success`, as its server answers, and some for the id, as its document has it.
	answers: { success: true },
	stanza: ({ protocolMessage: protocol }: proto.IMessage) => ({
		attributes: { edit: protocol?.key?.fromMe ? '7' : '8' },
	}),
})

function notOurs(): GatewayError {
	const advice =
		'Only the author of a message can delete it for everyone; in groups, admins can as well. Check `message_id`.'
	return new GatewayError('invalid_request', advice, { field: 'message_id' })
}
