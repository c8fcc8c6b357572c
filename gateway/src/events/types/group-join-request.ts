import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'
import { identity } from '../identity.ts'

export const groupJoinRequest = defineEvent({
	type: 'group.join_request',
	title: 'Somebody asks to join a group',
	description: 'Admins are told, in groups where they decide who joins.',
	data: z.object({
		...ofGroup,
		action: z.enum(['created', 'revoked', 'rejected']).meta({
			description: '`revoked`: by who asked; `rejected`: by an admin',
		}),
		participant: identity.meta({ description: 'Who asks' }),
		method: z
			.string()
			.nullable()
			.meta({ description: 'How they came to ask', examples: ['invite_link'] }),
	}),
	example: {
		chat: examples.group,
		by: examples.unknownPerson,
		action: 'created',
		participant: examples.unknownPerson,
		method: 'invite_link',
	},
})
