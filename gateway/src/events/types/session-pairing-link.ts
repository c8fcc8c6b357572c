import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

export const sessionPairingLink = defineEvent({
	type: 'session.pairing_link',
	title: 'A pairing link was used',
	description:
		'`opened`: somebody has opened it, and no other browser can. `linked`: they have linked their phone, and the link has ended.',
	data: z.object({
		link: z.string().meta({ description: 'Id of the link' }),
		state: z.enum(['opened', 'linked']),
		opened_by: z
			.string()
			.nullable()
			.meta({
				description: 'Device and address of the browser',
				examples: ['Android, 203.0.113.7'],
			}),
	}),
	example: {
		link: 'link_01K0Q3Y4TZ8X9ABCDEFGHJKMNP',
		state: 'opened',
		opened_by: 'Android, 203.0.113.7',
	},
})
