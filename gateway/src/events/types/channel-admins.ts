import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import { identity } from '../identity.ts'
import { channelExample, channelRoles, ofChannel } from '../fields/channel.ts'
import * as examples from '../fields/examples.ts'

export const channelAdmins = defineEvent({
	type: 'channel.admins',
	title: 'Somebody became an admin of a channel, or is one no longer',
	description: 'WhatsApp tells it to the admins of the channel.',
	data: z.object({
		...ofChannel,
		contact: identity.meta({ description: 'Who has another role now' }),
		role: z.enum(channelRoles),
		by: identity.nullable().meta({ description: 'The person who did it, if WhatsApp says so' }),
	}),
	example: { chat: channelExample, contact: examples.ada, role: 'admin', by: null },
})
