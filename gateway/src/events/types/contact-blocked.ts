import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const contactBlocked = defineEvent({
	type: 'contact.blocked',
	title: 'A contact was blocked or unblocked',
	description: 'By the account, on any of its devices.',
	data: z.object({
		contact: identity,
		blocked: z.boolean().meta({ description: 'False when the contact was unblocked' }),
	}),
	example: { contact: { ...examples.ada, name: null }, blocked: true },
})
