import { z } from '@hono/zod-openapi'
import { aboutExample, aboutMessage } from '../fields/about-message.ts'
import { defineEvent } from '../define.ts'

export const messagePinned = defineEvent({
	type: 'message.pinned',
	title: 'A message was pinned or unpinned for everyone',
	description: 'That the time of a pin is over is not told: reckon with `duration_seconds`.',
	data: z.object({
		...aboutMessage,
		pinned: z.boolean(),
		duration_seconds: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'How long it stays pinned, if that was said' }),
	}),
	example: { ...aboutExample, pinned: true, duration_seconds: 86_400 },
})
