import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import { passedOn } from '../context.ts'
import { defineMessage, type Earlier } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { optional } from '../fields/optional.ts'
import { text } from './text.ts'

export const forward = defineMessage({
	type: 'forward',
	title: 'Forward',
	description:
		'Forwards an earlier message, with its file, or a text that is marked as forwarded. Recipients get the original type with `forwarded`.',
	schema: z
		.object({
			text: optional(text.schema.shape.text),
			message_id: optional(messageIdField('Message', 'Id of the message to forward')),
			from_chat: z
				.string()
				.optional()
				.meta({
					title: 'From Chat',
					description: "Chat of that message, if it is not the recipient's",
					examples: ['120363000000000000@g.us'],
				}),
		})
		.refine(({ text, message_id: id }) => !text !== !id, {
			path: ['message_id'],
			error: 'give either `message_id` or `text`',
		}),
	refersTo: ({ message_id: id, from_chat: recipient }) =>
		id === undefined
			? []
			: [
					{
						field: 'message_id',
						id,
						chat: recipient === undefined ? undefined : { field: 'from_chat', recipient },
						fromMe: false,
						needed: true,
					},
				],
	toContent({ text }, { earlier }) {
		if (text !== undefined) return passedOn({ extendedTextMessage: { text } })
		return passedOn(forwardable(earlier.message_id!))
	},
})

// What is done to other messages, and what belongs to one chat.
const bound = [
	...['protocolMessage', 'reactionMessage', 'pollUpdateMessage', 'encEventResponseMessage'],
	...['pinInChatMessage', 'keepInChatMessage', 'albumMessage'],
]

function forwardable({ content, viewOnce }: Earlier) {
	if (viewOnce) throw cannotForward('can be opened once only')
	if (Object.keys(content).some((name) => bound.includes(name)))
		throw cannotForward('is none that can be forwarded')
	return content
}

function cannotForward(why: string): GatewayError {
	const field = 'message_id'
	return new GatewayError('invalid_request', `The message of \`${field}\` ${why}.`, { field })
}
