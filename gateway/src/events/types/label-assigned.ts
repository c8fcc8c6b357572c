import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const labelAssigned = defineEvent({
	type: 'label.assigned',
	title: 'A label was added to or removed from a chat or a message',
	description: 'Labels are a feature of WhatsApp Business.',
	data: z.object({
		label_id: z.string(),
		name: z.string().nullable().meta({ description: 'Of the label; null if it is not known' }),
		assigned: z.boolean().meta({ description: 'Whether it was added; false if it was removed' }),
		chat: identity,
		message_id: z.string().nullable().meta({ description: 'Null for the chat itself' }),
	}),
	example: {
		label_id: '5',
		name: 'New customer',
		assigned: true,
		chat: examples.ada,
		message_id: null,
	},
})
