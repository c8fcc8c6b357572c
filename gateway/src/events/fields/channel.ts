import { z } from '@hono/zod-openapi'
import { identity } from '../identity.ts'

/** What an account can be in a channel; a guest does not follow it. */
export const channelRoles = ['owner', 'admin', 'subscriber', 'guest'] as const
export type ChannelRole = (typeof channelRoles)[number]

/** What every event of a channel says. */
export const ofChannel = {
	chat: identity.meta({ description: 'The channel' }),
}

/** What every event about a post says. */
export const ofPost = {
	...ofChannel,
	server_message_id: z.number().int().meta({ description: 'Number of the post' }),
}

export const channelExample = {
	id: '120363041234567890@newsletter',
	phone: null,
	lid: null,
	name: null,
}
