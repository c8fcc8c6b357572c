import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

const changed = z.string().nullable().optional()

export const contactUpdated = defineEvent({
	type: 'contact.updated',
	title: 'The name or picture of a contact changed',
	description:
		'The first name that messages tell of a contact causes no event; a name that is saved in the address book does.',
	data: z.object({
		contact: identity,
		name: changed.meta({ description: 'Name that the contact has chosen' }),
		saved_name: changed.meta({
			description: 'Name in the address book of the account; null when it was removed',
		}),
		first_name: changed.meta({ description: 'First name in the address book' }),
		business_name: changed.meta({ description: 'Verified business name' }),
		username: changed.meta({ description: 'Username that the contact has chosen, without @' }),
		picture: z.enum(['changed', 'removed']).optional(),
	}),
	example: { contact: { ...examples.ada, name: 'Ada L.' }, name: 'Ada L.' },
})
