import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const messageDeleted = defineEvent({
	type: 'message.deleted',
	title: 'A message was deleted for everyone',
	description: 'By its author or, in groups, by an admin.',
	data: z.object({
		...aboutMessage,
		author: identity.nullable().meta({ description: 'Author of the message, if known' }),
		as_admin: z
			.boolean()
			.meta({ description: 'Whether a group admin deleted a message of another person' }),
	}),
	example: { ...aboutExample, author: examples.ada, as_admin: false },
})
