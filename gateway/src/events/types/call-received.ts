import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const callReceived = defineEvent({
	type: 'call.received',
	title: 'A call came in, or its status changed',
	description: 'One event for each status of a call: offered, then accepted, rejected or ended.',
	data: z.object({
		call_id: z.string(),
		chat: identity,
		sender: identity.meta({ description: 'The caller' }),
		group: identity.nullable().meta({ description: 'Set for a group call' }),
		status: z.string().meta({
			description:
				'`offer`, `ringing`, `accept`, `reject`, `timeout`, `terminate`, … as WhatsApp says',
			examples: ['offer'],
		}),
		video: z.boolean(),
		offline: z
			.boolean()
			.meta({ description: 'Whether the call came while the gateway was not connected' }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
	}),
	example: {
		call_id: '5A1B2C3D4E5F60718293A4B5C6D7E8F9',
		chat: examples.ada,
		sender: examples.ada,
		group: null,
		status: 'offer',
		video: false,
		offline: false,
		timestamp: examples.moment,
	},
})
