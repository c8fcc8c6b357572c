import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const callReceived = defineEvent({
	type: 'call.received',
	title: 'Somebody calls',
	description: 'Once for every step of a call: it is offered, then accepted, rejected or over.',
	data: z.object({
		call_id: z.string(),
		chat: identity,
		sender: identity.meta({ description: 'Who calls' }),
		group: identity.nullable().meta({ description: 'Set for the call of a group' }),
		status: z.string().meta({
			description:
				'`offer`, `ringing`, `accept`, `reject`, `timeout`, `terminate`, … as WhatsApp says',
			examples: ['offer'],
		}),
		video: z.boolean(),
		offline: z.boolean().meta({ description: 'It was missed: the gateway was not connected' }),
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
