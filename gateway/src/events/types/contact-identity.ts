import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const contactIdentity = defineEvent({
	type: 'contact.identity',
	title: 'The phone number of a contact became known, or has a new account or new keys',
	description:
		'Without `former_lid` and `new_keys`: the `phone` of this contact was null in an earlier event, and data that you keep under the LID can now be kept ' +
		'under the phone number. With `former_lid`: the phone number has a new WhatsApp account, perhaps of another person. ' +
		'Messages to the number go to the new account; those to the former LID are refused. ' +
		'With `new_keys`: the security code has changed, because WhatsApp was installed anew or on another phone.',
	data: z.object({
		contact: identity,
		new_keys: z.literal(true).optional(),
		former_lid: z
			.string()
			.optional()
			.meta({ description: 'The LID of the account that had the phone number before.' }),
	}),
	example: { contact: { ...examples.ada, name: null } },
})
