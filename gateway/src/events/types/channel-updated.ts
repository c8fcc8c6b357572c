import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { channelExample, channelRoles, ofChannel } from '../fields/channel.ts'

export const channelUpdated = defineEvent({
	type: 'channel.updated',
	title: 'A channel changed, or what the account is in it',
	description: 'Only the changed fields are set.',
	data: z.object({
		...ofChannel,
		name: z.string().optional(),
		description: z.string().optional().meta({ description: 'Empty when it was removed' }),
		picture: z.enum(['changed', 'removed']).optional(),
		role: z
			.enum(channelRoles)
			.optional()
			.meta({ description: 'What the account is in it now; `guest` when it no longer follows' }),
		muted: z.boolean().optional().meta({ description: 'Whether the account has muted it' }),
		state: z
			.string()
			.optional()
			.meta({
				description: '`active`, or why it cannot be used any more: `deleted`, `suspended` …',
				examples: ['suspended'],
			}),
	}),
	example: { chat: channelExample, name: 'Daily news' },
})
