import type { Endpoint, Services } from '../../dialect.ts'
import { messageChanges } from './change.ts'
import { messageLists } from './list.ts'
import { messageById } from './one.ts'
import { readMessages } from './read.ts'

/** `/api/{session}/chats/{chatId}/messages`. */
export const messages = (services: Services): Endpoint[] => [
	...messageLists(services),
	messageById(services),
	...messageChanges(services),
	readMessages(services),
]
