import { z } from '@hono/zod-openapi'
import type { Channel } from '../../../../session/actions/channels/describe.ts'

export const channelSchema = z
	.object({
		id: z.string().meta({ examples: ['120363000000000000@newsletter'] }),
		name: z.string(),
		invite: z.string().nullable(),
		preview: z.string().nullable(),
		picture: z.string().nullable(),
		role: z.enum(['OWNER', 'ADMIN', 'SUBSCRIBER', 'GUEST']),
		description: z.string().nullable(),
		verified: z.boolean(),
		subscribersCount: z.number().int(),
	})
	.openapi('WahaChannel')

/** A channel as WAHA shows it. */
export function wahaChannel(channel: Channel): z.output<typeof channelSchema> {
	const { jid: id, name, role, verified, description } = channel
	return {
		...{ id, name, invite: channel.invite_link, preview: null, picture: channel.picture },
		role: (role?.toUpperCase() ?? 'GUEST') as 'OWNER' | 'ADMIN' | 'SUBSCRIBER' | 'GUEST',
		...{ description, verified, subscribersCount: channel.subscribers ?? 0 },
	}
}
