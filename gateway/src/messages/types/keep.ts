import { z } from '@hono/zod-openapi'
import { unquotable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { refuseChannel } from '../refuse-channel.ts'
import { authorship, targetOf } from '../fields/target.ts'

// KeepType
const KEEP_FOR_ALL = 1
const UNDO_KEEP_FOR_ALL = 2

export const keep = defineMessage({
	type: 'keep',
	title: 'Keep',
	description: `Keeps a disappearing message for everyone. ${unquotable}`,
	schema: z.object({
		message_id: messageIdField('Message', 'Id of the message to keep'),
		keep: z
			.boolean()
			.default(true)
			.meta({
				title: 'Keep',
				description: 'Whether to keep it; false lets it disappear',
				examples: [true],
			}),
		...authorship,
	}),
	refersTo: ({ message_id: id, ...input }) => targetOf('message_id', id, input),
	toContent({ keep: isKept }, { chat, keys }) {
		refuseChannel(chat)
		return {
			keepInChatMessage: {
				key: keys.message_id,
				keepType: isKept ? KEEP_FOR_ALL : UNDO_KEEP_FOR_ALL,
				timestampMs: Date.now(),
			},
		}
	},
	fromContent({ keepInChatMessage: keep }) {
		if (!keep) return undefined
		return { message_id: keep.key?.id ?? '', keep: keep.keepType === KEEP_FOR_ALL }
	},
})
