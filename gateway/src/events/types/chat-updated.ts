import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

const said = (description: string) => z.boolean().optional().meta({ description })

export const chatUpdated = defineEvent({
	type: 'chat.updated',
	title:
		'A chat was archived, muted, pinned, marked as unread, cleared or deleted, or its timer set',
	description:
		'On a device of the account, or by a request; the timer of disappearing messages by either side. Only what has changed is there. In groups the timer is in `group.updated`, and a timer that the gateway sets itself causes no event.',
	data: z.object({
		chat: identity.meta({ description: 'The chat' }),
		by: identity.nullable().meta({ description: 'The person who did it' }),
		from_me: z.boolean().meta({ description: 'Whether this account did it' }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		expiration: z
			.number()
			.int()
			.optional()
			.meta({ description: 'Seconds after which messages disappear; 0 when they stay' }),
		archived: said('Whether it is in the archive'),
		pinned: said('Whether it is at the top of the list'),
		muted_until: z
			.number()
			.int()
			.nullable()
			.optional()
			.meta({ description: 'Unix time in seconds; -1 for ever, null when it is no longer muted' }),
		marked_unread: said('Whether it has the mark of an unread chat; false also when it was read'),
		locked: said('Whether a code or a finger opens it'),
		cleared: said('True when its messages were removed from the devices of the account'),
		deleted: said('True when it was removed from the list, with its messages'),
	}),
	example: {
		chat: examples.ada,
		by: examples.ada,
		from_me: false,
		timestamp: examples.moment,
		archived: true,
	},
})
