import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

// Sent on request, to one webhook; it is in no log and has the number 0.
export const webhookTest = defineEvent({
	type: 'webhook.test',
	title: 'Somebody tries a webhook',
	description: 'It goes to that webhook only, and is in no log.',
	data: z.object({ webhook: z.string().meta({ description: 'Its id' }) }),
	example: { webhook: 'wh_01KXAMPLE' },
})
