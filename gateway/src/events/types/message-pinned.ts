import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const messagePinned = defineEvent({
	type: 'message.pinned',
	title: 'A message was pinned or unpinned for everyone',
	description: 'There is no event when a pin expires: use `duration_seconds`.',
	data: z.object({
		...aboutMessage,
		pinned: z.boolean(),
		duration_seconds: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Seconds for which it stays pinned, if given' }),
	}),
	example: { ...aboutExample, pinned: true, duration_seconds: 86_400 },
})
