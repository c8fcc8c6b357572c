import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

// Sent on request, to one webhook; it is in no log and has the number 0.
export const webhookTest = defineEvent({
	type: 'webhook.test',
	title: 'A webhook is tested',
	description: 'It goes to that webhook only, and is not in the event log.',
	data: z.object({ webhook: z.string().meta({ description: 'Id of the webhook' }) }),
	example: { webhook: 'wh_01KXAMPLE' },
})
