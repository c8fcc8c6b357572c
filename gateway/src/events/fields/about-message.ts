import { z } from '@hono/zod-openapi'
import * as examples from './examples.ts'
import { identity } from '../identity.ts'

/** What is said of everything that somebody does to a message. */
export const aboutMessage = {
	message_id: z.string().meta({ description: 'Id of the message' }),
	chat: identity.meta({ description: 'The chat' }),
	sender: identity.meta({ description: 'The person who did it' }),
	from_me: z
		.boolean()
		.meta({ description: 'Whether it was done from another device of the account' }),
	timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
}

/** What every event about a message has in its example. */
export const aboutExample = {
	message_id: examples.messageId,
	chat: examples.ada,
	sender: examples.ada,
	from_me: false,
	timestamp: examples.moment,
}
