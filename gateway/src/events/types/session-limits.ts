import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

export const sessionLimits = defineEvent({
	type: 'session.limits',
	title: 'What WhatsApp lets the account do has changed',
	description:
		'A pause for first messages begins or ends, or a figure of WhatsApp is another one. The figures are asked for when first messages go out, at most once an hour. Not verified against WhatsApp.',
	data: z.object({
		state: z
			.enum(['open', 'paused'])
			.meta({ description: 'Whether messages to new people may go out, as far as WhatsApp says' }),
		reason: z.enum(['reachout_timelock', 'new_chat_cap']).nullable(),
		until: z.iso.datetime().nullable().meta({ description: 'When the pause ends, if it is known' }),
		text: z.string().meta({ description: 'The same in a sentence' }),
		reachout: z.object({
			active: z.boolean(),
			until: z.iso.datetime().nullable(),
			type: z.string().nullable(),
		}),
		new_chats: z.object({
			quota: z.number().int().nullable(),
			used: z.number().int().nullable(),
			status: z.string().nullable(),
		}),
	}),
	example: {
		state: 'paused',
		reason: 'reachout_timelock',
		until: '2026-11-28T09:00:00.000Z',
		text: 'WhatsApp does not let this account write to people who have never written to it; the next is possible at 2026-11-28 09:00 UTC.',
		reachout: { active: true, until: '2026-11-28T09:00:00.000Z', type: 'WEB_COMPANION_ONLY' },
		new_chats: { quota: null, used: null, status: null },
	},
})
