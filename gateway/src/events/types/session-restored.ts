import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

const data = z.object({
	cause: z.enum(['restored', 'lost_commits']).meta({
		description:
			'`restored`: the command `whatsapp-gateway restored` was run after a backup was put in place. `lost_commits`: the database has lost what it had acknowledged, as after a failover to a standby that was behind.',
	}),
	last_seq: z.number().int().meta({
		description:
			'The number of the last event that is still known. Those that followed it are not in the event log any more; the numbers go on a million later, so that none is used twice.',
	}),
	messages_in_doubt: z.number().int().meta({
		description:
			'How many messages were waiting to be sent in the older state. They are not sent again, since they may have been sent: each has a `message.status` `failed` with the code `outcome_unknown`.',
	}),
})

export type SessionRestored = z.output<typeof data>

export const sessionRestored = defineEvent({
	type: 'session.restored',
	title: 'The session goes on from an older state',
	description:
		'The session stays linked. Its encryption with every contact begins anew; what happened since the older state is not known any more.',
	data,
	example: { cause: 'restored', last_seq: 4711, messages_in_doubt: 0 },
})
