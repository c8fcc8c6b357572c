import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'
import { identity } from '../identity.ts'

export const groupJoined = defineEvent({
	type: 'group.joined',
	title: 'This account joined a group',
	description: 'A group was created with it, or it was added to one.',
	data: z.object({
		...ofGroup,
		subject: z.string(),
		participants: z.array(identity.extend({ admin: z.boolean() })),
	}),
	example: {
		chat: { ...examples.group, name: 'Family' },
		by: examples.ada,
		subject: 'Family',
		participants: [{ ...examples.ada, admin: true }],
	},
})
