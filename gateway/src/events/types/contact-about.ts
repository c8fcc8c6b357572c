import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const contactAbout = defineEvent({
	type: 'contact.about',
	title: 'The about text of a contact changed',
	description: 'WhatsApp tells it of some contacts only: those whose chats are open, as a rule.',
	data: z.object({
		contact: identity,
		about: z.string().meta({ description: 'The new text; empty when it was removed' }),
	}),
	example: { contact: { ...examples.ada, name: null }, about: 'At the lake' },
})
