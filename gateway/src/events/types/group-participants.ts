import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'
import { identity } from '../identity.ts'

export const groupParticipants = defineEvent({
	type: 'group.participants',
	title: 'Members of a group joined, left, or got another role',
	description: 'A member who leaves is `remove`d `by` themselves.',
	data: z.object({
		...ofGroup,
		action: z.enum(['add', 'remove', 'promote', 'demote', 'modify']).meta({
			description: '`promote`: became an admin; `modify`: has a new phone number',
		}),
		participants: z.array(identity),
	}),
	example: {
		chat: examples.group,
		by: examples.ada,
		action: 'add',
		participants: [examples.unknownPerson],
	},
})
