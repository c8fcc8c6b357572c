import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const messageKept = defineEvent({
	type: 'message.kept',
	title: 'A message was kept in a chat where messages disappear',
	description: 'Or is kept no longer.',
	data: z.object({ ...aboutMessage, kept: z.boolean() }),
	example: { ...aboutExample, kept: true },
})
