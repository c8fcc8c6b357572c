import { z } from '@hono/zod-openapi'
import { unquotable } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const GROUP_MEMBER_LABEL_CHANGE = 30 // ProtocolMessage.Type
/** WhatsApp's clients cut at that. */
const LONGEST = 30

export const memberTag = defineMessage({
	type: 'member-tag',
	title: 'Set Member Tag',
	description: `Sets the tag that a group shows beside the name of this account, and has no effect elsewhere. An empty \`label\` removes it. Not verified against WhatsApp. ${unquotable}`,
	schema: z.object({
		label: z
			.string()
			.trim()
			.max(LONGEST)
			.meta({
				title: 'Tag',
				description: `At most ${LONGEST} characters; empty removes it`,
				examples: ['Coach'],
			}),
	}),
	toContent: ({ label }) => ({
		protocolMessage: {
			type: GROUP_MEMBER_LABEL_CHANGE,
			memberLabel: { label, labelTimestamp: Math.floor(Date.now() / 1000) },
		},
	}),
	fromContent: ({ protocolMessage: protocol }) =>
		protocol?.type === GROUP_MEMBER_LABEL_CHANGE
			? { label: protocol.memberLabel?.label ?? '' }
			: undefined,
	stanza: () => ({
		nodes: [{ tag: 'meta', attrs: { tag_reason: 'user_update', appdata: 'member_tag' } }],
	}),
})
