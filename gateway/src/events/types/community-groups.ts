import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { ofGroup } from '../fields/group.ts'

export const communityGroups = defineEvent({
	type: 'community.groups',
	title: 'Groups were linked to a community, or unlinked',
	description: '`chat` is the community. Not verified against WhatsApp.',
	data: z.object({
		...ofGroup,
		action: z.enum(['linked', 'unlinked']),
		groups: z.array(z.object({ jid: z.string(), name: z.string().nullable() })),
	}),
	example: {
		chat: examples.group,
		by: examples.ada,
		action: 'linked',
		groups: [{ jid: '120363000000000001@g.us', name: 'Team' }],
	},
})
