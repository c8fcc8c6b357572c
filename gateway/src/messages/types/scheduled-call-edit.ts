import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { messageIdField } from '../fields/message-id.ts'
import { enumName } from '../protobuf-numbers.ts'

const edits = { cancel: 1 } as const // ScheduledCallEditMessage.EditType

export const scheduledCallEdit = defineMessage({
	type: 'scheduled-call-edit',
	title: 'Edit Scheduled Call',
	description: `Cancels a scheduled call. ${unverified} ${unquotable}`,
	schema: z.object({
		scheduled_call_message_id: messageIdField('Call', 'Id of the message that scheduled it'),
		edit_type: z
			.enum(['cancel'])
			.default('cancel')
			.meta({ title: 'Edit', description: 'The change', examples: ['cancel'] }),
	}),
	refersTo: ({ scheduled_call_message_id: id }) => [
		{ field: 'scheduled_call_message_id', id, fromMe: true },
	],
	toContent: ({ edit_type: type }, { keys }) => ({
		scheduledCallEditMessage: { key: keys.scheduled_call_message_id, editType: edits[type] },
	}),
	fromContent({ scheduledCallEditMessage: edit }) {
		if (!edit) return undefined
		return {
			scheduled_call_message_id: edit.key?.id ?? '',
			edit_type: enumName(edits, edit.editType),
		}
	},
})
