import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

export const labelEdited = defineEvent({
	type: 'label.edited',
	title: 'A label was created, changed or deleted',
	description: 'Labels are a feature of WhatsApp Business.',
	data: z.object({
		label_id: z.string(),
		name: z.string(),
		color: z.number().int().meta({ description: "Number of a color in WhatsApp's list" }),
		deleted: z.boolean(),
	}),
	example: { label_id: '5', name: 'New customer', color: 2, deleted: false },
})
