import { z } from '@hono/zod-openapi'
import { defineReceived } from '../define.ts'
import { nameAt, numberOf } from '../protobuf-numbers.ts'

// In the order of CallLogMessage.CallOutcome.
const outcomes = [
	'connected',
	'missed',
	'failed',
	'rejected',
	'accepted_elsewhere',
	'ongoing',
	'silenced_by_dnd',
	'silenced_unknown_caller',
] as const

const types = ['regular', 'scheduled_call', 'voice_chat'] as const // CallLogMessage.CallType

export const callLog = defineReceived({
	type: 'call-log',
	title: 'Call Log',
	description: 'How a call ended, as the chat shows it.',
	schema: z.object({
		outcome: z.enum(outcomes).optional(),
		video: z.boolean(),
		seconds: z.number().optional().meta({ description: 'How long the call took' }),
		call_type: z.enum(types).optional(),
		participants: z
			.array(z.object({ jid: z.string(), outcome: z.enum(outcomes).optional() }))
			.optional(),
	}),
	fromContent({ callLogMesssage: call }) {
		if (!call) return undefined
		const participants = call.participants?.map(({ jid, callOutcome }) => ({
			jid: jid ?? '',
			outcome: nameAt(outcomes, callOutcome),
		}))
		return {
			outcome: nameAt(outcomes, call.callOutcome),
			video: call.isVideo ?? false,
			seconds: numberOf(call.durationSecs),
			call_type: nameAt(types, call.callType),
			...(participants?.length && { participants }),
		}
	},
})
