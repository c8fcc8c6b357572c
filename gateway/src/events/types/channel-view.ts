import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { channelExample, ofPost } from '../fields/channel.ts'

export const channelView = defineEvent({
	type: 'channel.view',
	title: 'A post of a channel was seen more often',
	description: 'WhatsApp tells it only for some minutes after `POST …/channels/{channel}/live`.',
	data: z.object({
		...ofPost,
		count: z.number().int().meta({ description: 'How often it was seen' }),
	}),
	example: { chat: channelExample, server_message_id: 101, count: 340 },
})
