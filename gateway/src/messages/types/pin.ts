import { z } from '@hono/zod-openapi'
import { unquotable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { oneOf } from '../fields/one-of.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'
import { authorship, targetOf } from '../fields/target.ts'

// PinInChatMessage.Type
const PIN_FOR_ALL = 1
const UNPIN_FOR_ALL = 2

/** Seconds; 0 unpins. */
const DURATIONS = [0, 86_400, 604_800, 2_592_000] as const

export const pin = defineMessage({
	type: 'pin',
	title: 'Pin',
	description: `Pins a message in its chat for everyone. \`chat\` is another name of \`to\`. ${unquotable}`,
	otherNames: { chat: 'to' },
	schema: z.object({
		message_id: messageIdField('Message', 'Id of the message to pin'),
		duration_seconds: z
			.literal(DURATIONS)
			.default(86_400)
			.meta(
				oneOf(DURATIONS, {
					title: 'Duration',
					description: 'Seconds: 86400, 604800 or 2592000; 0 unpins the message',
					examples: [86_400],
				}),
			),
		...authorship,
	}),
	refersTo: ({ message_id: id, ...input }) => targetOf('message_id', id, input),
	toContent({ duration_seconds: seconds }, { chat, keys }) {
		refuseChannel(chat)
		return {
			pinInChatMessage: {
				key: keys.message_id,
				type: seconds ? PIN_FOR_ALL : UNPIN_FOR_ALL,
				senderTimestampMs: Date.now(),
			},
			messageContextInfo: { messageAddOnDurationInSecs: seconds },
		}
	},
	fromContent({ pinInChatMessage: pin, messageContextInfo: context }) {
		if (!pin) return undefined
		const seconds = pin.type === PIN_FOR_ALL ? context?.messageAddOnDurationInSecs : 0
		return { message_id: pin.key?.id ?? '', duration_seconds: seconds as never }
	},
	stanza: () => ({ attributes: { edit: '2' } }),
})
