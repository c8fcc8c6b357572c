import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const contactUpdated = defineEvent({
	type: 'contact.updated',
	title: 'The name or picture of a contact changed',
	description: 'The first name that is learnt of a contact causes no event.',
	data: z.object({
		contact: identity,
		name: z.string().optional().meta({ description: 'Name that the contact has chosen' }),
		saved_name: z
			.string()
			.optional()
			.meta({ description: 'Name in the address book of the account' }),
		business_name: z.string().optional().meta({ description: 'Verified business name' }),
		picture: z.enum(['changed', 'removed']).optional(),
	}),
	example: { contact: { ...examples.ada, name: 'Ada L.' }, name: 'Ada L.' },
})
