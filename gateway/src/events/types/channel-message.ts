import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { channelExample as channel } from '../fields/channel.ts'
import { messageData, messageExample } from './message-received.ts'

export const channelMessage = defineEvent({
	type: 'channel.message',
	title: 'A channel published a post',
	description: 'Channels are not encrypted, and do not show which admin writes.',
	data: messageData.extend({
		server_message_id: z
			.number()
			.int()
			.nullable()
			.meta({ description: 'Number of the post, which reactions and forwards need' }),
	}),
	example: { ...messageExample, chat: channel, sender: channel, server_message_id: 101 },
})
