import { z } from '@hono/zod-openapi'
import { unquotable, unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { enumName, numberOf } from '../protobuf-numbers.ts'

const kinds = { voice: 1, video: 2 } as const // ScheduledCallCreationMessage.CallType

export const scheduledCall = defineMessage({
	type: 'scheduled-call',
	title: 'Scheduled Call',
	description: `A scheduled call in a group. WhatsApp's own clients use events for this now. ${unverified} ${unquotable}`,
	schema: z.object({
		scheduled_timestamp_ms: z
			.number()
			.int()
			.min(0)
			.max(253_402_300_799_000) // the year 9999
			.meta({
				title: 'Time',
				description: 'Unix time in milliseconds',
				examples: [1_893_456_000_000],
			}),
		call_type: z
			.enum(['voice', 'video'])
			.default('voice')
			.meta({ title: 'Call Type', description: 'Voice or video', examples: ['voice'] }),
		title: z
			.string()
			.max(256)
			.optional()
			.meta({
				title: 'Call Title',
				description: 'Subject of the call',
				examples: ['Weekly Team Sync'],
			}),
	}),
	toContent: ({ scheduled_timestamp_ms: scheduledTimestampMs, call_type: callType, title }) => ({
		scheduledCallCreationMessage: { scheduledTimestampMs, callType: kinds[callType], title },
	}),
	fromContent({ scheduledCallCreationMessage: call }) {
		if (!call) return undefined
		return {
			scheduled_timestamp_ms: numberOf(call.scheduledTimestampMs),
			call_type: enumName(kinds, call.callType),
			title: call.title || undefined,
		}
	},
	textOf: ({ title }) => title,
})
