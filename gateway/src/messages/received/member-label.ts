import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'

const GROUP_MEMBER_LABEL_CHANGE = 30 // ProtocolMessage.Type

export const memberLabel = defineReceived({
	type: 'member-label',
	title: 'Member Label',
	description: 'A member of a group changed the label beside their name.',
	schema: z.object({ label: z.string().meta({ description: 'Empty if it was removed' }) }),
	fromContent: ({ protocolMessage: protocol }) =>
		protocol?.type === GROUP_MEMBER_LABEL_CHANGE
			? { label: protocol.memberLabel?.label ?? '' }
			: undefined,
	textOf: ({ label }) => label || undefined,
})
