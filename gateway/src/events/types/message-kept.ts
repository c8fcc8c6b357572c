import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const messageKept = defineEvent({
	type: 'message.kept',
	title: 'A disappearing message was kept',
	description: 'Or is no longer kept.',
	data: z.object({ ...aboutMessage, kept: z.boolean() }),
	example: { ...aboutExample, kept: true },
})
