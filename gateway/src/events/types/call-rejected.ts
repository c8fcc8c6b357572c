import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'
import * as examples from '../fields/examples.ts'
import { identity } from '../identity.ts'

export const callRejected = defineEvent({
	type: 'call.rejected',
	title: 'The gateway rejected a call',
	description: 'By request, or because the settings of the session say so.',
	data: z.object({
		call_id: z.string(),
		chat: identity,
		auto: z.boolean().meta({ description: 'Whether the settings of the session say so' }),
	}),
	example: { call_id: '5A1B2C3D4E5F60718293A4B5C6D7E8F9', chat: examples.ada, auto: true },
})
