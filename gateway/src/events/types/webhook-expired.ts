import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

// Sent to one webhook; it is in no log and has the number 0.
export const webhookExpired = defineEvent({
	type: 'webhook.expired',
	title: 'The time of a webhook is over',
	description:
		'It goes to that webhook only, as the last that it gets, and is in no log. A target that is not there for ' +
		'a minute is not told.',
	data: z.object({ webhook: z.string().meta({ description: 'Its id' }) }),
	example: { webhook: 'wh_01KXAMPLE' },
})
