import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const labelAssigned = defineEvent({
	type: 'label.assigned',
	title: 'A label was put on a chat or a message, or taken off',
	description: 'Labels are a feature of WhatsApp Business.',
	data: z.object({
		label_id: z.string(),
		assigned: z.boolean().meta({ description: 'False: it was taken off' }),
		chat: identity,
		message_id: z.string().nullable().meta({ description: 'Null for the chat itself' }),
	}),
	example: { label_id: '5', assigned: true, chat: examples.ada, message_id: null },
})
