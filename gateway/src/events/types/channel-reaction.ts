import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { channelExample, ofPost } from '../fields/channel.ts'

export const channelReaction = defineEvent({
	type: 'channel.reaction',
	title: 'The reactions to a post of a channel changed',
	description:
		'WhatsApp counts them and names nobody, and tells them only for some minutes after `POST …/channels/{channel}/live`.',
	data: z.object({
		...ofPost,
		emoji: z.string(),
		count: z.number().int().meta({ description: 'How many have it now' }),
	}),
	example: { chat: channelExample, server_message_id: 101, emoji: '👍', count: 12 },
})
