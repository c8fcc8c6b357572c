import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

export const profileUpdated = defineEvent({
	type: 'profile.updated',
	title: 'The name, picture or about text of the account changed',
	description:
		'On any of its devices. WhatsApp tells the about text to the gateway only if it was set there.',
	data: z.object({
		name: z.string().optional(),
		about: z.string().optional().meta({ description: 'Empty when it was removed' }),
		picture: z.enum(['changed', 'removed']).optional(),
	}),
	example: { name: 'The Shop' },
})
