import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

// Sent to one webhook; it is in no log and has the number 0.
export const webhookExpired = defineEvent({
	type: 'webhook.expired',
	title: 'A webhook has expired',
	description:
		'It goes to that webhook only, as its last event, and is not in the event log. A target that is down for a minute does not get it.',
	data: z.object({ webhook: z.string().meta({ description: 'Id of the webhook' }) }),
	example: { webhook: 'wh_01KXAMPLE' },
})
