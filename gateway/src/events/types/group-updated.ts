import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'

export const groupUpdated = defineEvent({
	type: 'group.updated',
	title: 'A group changed',
	description: 'Only the changed fields are set.',
	data: z.object({
		...ofGroup,
		subject: z.string().optional(),
		description: z.string().optional().meta({ description: 'Empty when it was removed' }),
		picture: z.enum(['changed', 'removed']).optional(),
		only_admins_send: z.boolean().optional(),
		only_admins_edit: z.boolean().optional(),
		everyone_adds: z
			.boolean()
			.optional()
			.meta({ description: 'Whether members who are not admins may add people' }),
		everyone_shares_link: z.boolean().optional().meta({
			description: 'Whether members who are not admins may share the invite link',
		}),
		frequently_forwarded: z.boolean().optional().meta({
			description: 'Whether messages that were forwarded many times are allowed',
		}),
		admin_reports: z.boolean().optional().meta({
			description: 'Whether members may report messages to the admins',
		}),
		group_history: z.boolean().optional().meta({
			description: 'Whether new members see earlier messages',
		}),
		join_approval: z.boolean().optional().meta({ description: 'Whether admins approve who joins' }),
		invite_code: z
			.string()
			.optional()
			.meta({ description: 'The invite link is https://chat.whatsapp.com/ and this code' }),
		expiration: z
			.number()
			.int()
			.optional()
			.meta({ description: 'Seconds after which messages disappear; 0 when they stay' }),
		member_label: z
			.string()
			.optional()
			.meta({ description: 'Label that `by` has in the group now; empty when it was removed' }),
	}),
	example: { chat: examples.group, by: examples.ada, subject: 'Family and friends' },
})
