import { z } from '@hono/zod-openapi'
import { channelRoles } from '../../../../events/fields/channel.ts'
import { channelRef } from '../../params.ts'

export const channelPath = z.object({ channel: channelRef })

/** Numbers of posts start at about 100. */
export const postNumber = z.coerce
	.number()
	.int()
	.min(1)
	.max(2 ** 31 - 1)

export const channelSchema = z
	.object({
		jid: z.string().meta({ examples: ['120363000000000000@newsletter'] }),
		name: z.string(),
		description: z.string().nullable(),
		invite: z.string().nullable().meta({ description: 'Code of the invite link' }),
		invite_link: z.string().nullable(),
		picture: z.string().nullable().meta({ description: 'URL of the picture' }),
		verified: z.boolean(),
		subscribers: z.number().int().nullable().meta({ description: 'How many follow it' }),
		role: z
			.enum(channelRoles)
			.nullable()
			.meta({ description: 'What the account is in it; `guest` if it does not follow it' }),
		muted: z.boolean().nullable(),
		state: z.string().meta({ description: '`active`, `suspended`, `geosuspended` or `deleted`' }),
		created_at: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
	})
	.openapi('Channel')

export const personSchema = z
	.object({
		jid: z.string(),
		phone: z.string().nullable(),
		lid: z.string().nullable(),
		name: z.string().nullable().meta({ description: 'As the person calls themselves' }),
	})
	.openapi('ChannelPerson')

export const followerSchema = personSchema
	.extend({
		role: z.enum(channelRoles),
		followed_at: z.number().int().nullable().meta({ description: 'Unix time in seconds' }),
	})
	.openapi('Follower')

export const channelName = z
	.string()
	.trim()
	.min(1)
	.max(100)
	.meta({ title: 'Name', description: 'Name of the channel', examples: ['Daily news'] })

export const channelDescription = z
	.string()
	.max(2_048)
	.meta({
		title: 'Description',
		description: 'Description of the channel; empty removes it',
		examples: ['What happens in town'],
	})
