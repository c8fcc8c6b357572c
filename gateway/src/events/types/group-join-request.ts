import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'
import { identity } from '../identity.ts'

export const groupJoinRequest = defineEvent({
	type: 'group.join_request',
	title: 'A person asked to join a group',
	description: 'Only admins get it, in groups where they approve who joins.',
	data: z.object({
		...ofGroup,
		action: z.enum(['created', 'revoked', 'rejected']).meta({
			description: '`revoked`: by the person who asked; `rejected`: by an admin',
		}),
		participant: identity.meta({ description: 'The person who asks' }),
		method: z
			.string()
			.nullable()
			.meta({ description: 'How the request was made', examples: ['invite_link'] }),
	}),
	example: {
		chat: examples.group,
		by: examples.unknownPerson,
		action: 'created',
		participant: examples.unknownPerson,
		method: 'invite_link',
	},
})
