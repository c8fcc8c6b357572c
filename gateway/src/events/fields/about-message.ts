import { z } from '@hono/zod-openapi'
import * as examples from './examples.ts'
import { identity } from '../identity.ts'

/** What is said of everything that somebody does to a message. */
export const aboutMessage = {
	message_id: z.string().meta({ description: 'Id of the message that it is about' }),
	chat: identity.meta({ description: 'Where it was done' }),
	sender: identity.meta({ description: 'Who did it' }),
	from_me: z.boolean().meta({ description: 'The owner of the account did it, on another device' }),
	timestamp: z.number().int().meta({ description: 'When it was done: Unix time in seconds' }),
}

/** What every event about a message has in its example. */
export const aboutExample = {
	message_id: examples.messageId,
	chat: examples.ada,
	sender: examples.ada,
	from_me: false,
	timestamp: examples.moment,
}
