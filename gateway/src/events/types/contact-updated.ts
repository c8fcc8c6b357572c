import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const contactUpdated = defineEvent({
	type: 'contact.updated',
	title: 'The name or the picture of somebody changed',
	description: 'A name that is learnt for the first time is no change.',
	data: z.object({
		contact: identity,
		name: z.string().optional().meta({ description: 'What they call themselves' }),
		saved_name: z
			.string()
			.optional()
			.meta({ description: 'What the owner of the account calls them' }),
		business_name: z.string().optional().meta({ description: 'As WhatsApp has verified it' }),
		picture: z.enum(['changed', 'removed']).optional(),
	}),
	example: { contact: { ...examples.ada, name: 'Ada L.' }, name: 'Ada L.' },
})
