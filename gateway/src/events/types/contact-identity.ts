import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const contactIdentity = defineEvent({
	type: 'contact.identity',
	title: 'The phone number of a contact became known',
	description:
		'The `phone` of this contact was null in an earlier event: data that you keep under the LID can now be kept under the phone number.',
	data: z.object({ contact: identity }),
	example: { contact: { ...examples.ada, name: null } },
})
