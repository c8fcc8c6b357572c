import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const messageDeleted = defineEvent({
	type: 'message.deleted',
	title: 'A message was deleted for everyone',
	description: 'By who wrote it or, in groups, by an admin.',
	data: z.object({
		...aboutMessage,
		author: identity
			.nullable()
			.meta({ description: 'Who wrote the message, as far as that is known' }),
		as_admin: z
			.boolean()
			.meta({ description: 'Somebody else than its author deleted it, as an admin of the group' }),
	}),
	example: { ...aboutExample, author: examples.ada, as_admin: false },
})
