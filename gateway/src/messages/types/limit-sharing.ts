import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const LIMIT_SHARING = 27 // ProtocolMessage.Type
const BY_CHAT_SETTING = 1 // LimitSharing.TriggerType

export const limitSharing = defineMessage({
	type: 'limit-sharing',
	title: 'Limit Sharing',
	description: `Turns the advanced privacy of a chat on or off: members cannot export the chat or save its media automatically. ${unverified} ${unquotable}`,
	schema: z.object({
		limited: z
			.boolean()
			.default(true)
			.meta({ title: 'Limited', description: 'Whether advanced privacy is on', examples: [true] }),
	}),
	toContent: ({ limited: sharingLimited }) => ({
		protocolMessage: {
			type: LIMIT_SHARING,
			limitSharing: { sharingLimited, trigger: BY_CHAT_SETTING, initiatedByMe: true },
		},
	}),
	fromContent: ({ protocolMessage: protocol }) =>
		protocol?.type === LIMIT_SHARING
			? { limited: protocol.limitSharing?.sharingLimited ?? false }
			: undefined,
})
