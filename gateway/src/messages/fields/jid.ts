import { z } from '@hono/zod-openapi'
import { pickers } from './pickers.ts'

/** The id of a channel. */
export const channelId = z
	.string()
	.regex(
		/^\d{5,25}@newsletter$/,
		'must be the id of a channel, as in 120363000000000000@newsletter',
	)
	.meta({
		title: 'Channel',
		description: 'Id of the channel',
		examples: ['120363000000000000@newsletter'],
	})
	.register(pickers, { picker: 'channel' })

/** The id of a group. */
export const groupId = z
	.string()
	.regex(/^\d+(-\d+)?@g\.us$/, 'must be the id of a group, as in 120363000000000000@g.us')
	.meta({
		title: 'Group',
		description: 'Id of the group',
		examples: ['120363000000000000@g.us'],
	})

/** A phone number, or the id of a person. */
export const personId = z
	.string()
	.regex(
		/^(\+?\d{5,15}|\d{5,15}@(s\.whatsapp\.net|c\.us)|\d{5,20}@lid)$/,
		'must be a phone number with country code, or the id of a person',
	)
	.transform((given) =>
		given.endsWith('@lid') ? given : `${given.match(/\d+/)![0]}@s.whatsapp.net`,
	)
