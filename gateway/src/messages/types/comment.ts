import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { readableText } from '../readable-text.ts'
import { messageIdField } from '../fields/message-id.ts'

export const comment = defineMessage({
	type: 'comment',
	title: 'Comment',
	description: `A comment on a message in a group or channel. ${unverified} ${unquotable}`,
	schema: z.object({
		text: z
			.string()
			.min(1)
			.max(65_536)
			.meta({
				title: 'Text',
				description: 'Text of the comment',
				examples: ['This is my comment'],
			}),
		target_message_id: messageIdField('Message', 'Id of the message to comment on'),
		target_chat_jid: z
			.string()
			.optional()
			.meta({
				title: 'Chat of the Message',
				description: "Chat of that message, if it is not the recipient's",
				examples: ['120363000000000000@g.us'],
			}),
	}),
	refersTo: ({ target_message_id: id, target_chat_jid: recipient }) => [
		{
			field: 'target_message_id',
			id,
			chat: recipient === undefined ? undefined : { field: 'target_chat_jid', recipient },
			fromMe: false,
		},
	],
	toContent: ({ text }, { keys }) => ({
		commentMessage: {
			message: { extendedTextMessage: { text } },
			targetMessageKey: keys.target_message_id,
		},
	}),
	fromContent({ commentMessage: comment }) {
		if (!comment) return undefined
		const { message, targetMessageKey: target } = comment
		return {
			text: message?.extendedTextMessage?.text || readableText(message) || '',
			target_message_id: target?.id ?? '',
			target_chat_jid: target?.remoteJid || undefined,
		}
	},
	textOf: ({ text }) => text,
})
