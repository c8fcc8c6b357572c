import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { flag } from '../fields.ts'
import { pageFields, pageOf, sortedBy } from '../paging.ts'
import { workingSession } from '../session.ts'
import { chatSchema, isListed, wahaChat } from './chat.ts'

/** `GET …/chats`. */
export const chatList = (services: Services): Endpoint =>
	endpoint({
		method: 'get',
		path: '/api/{session}/chats',
		summary: 'Get the chats',
		action: 'read',
		body: z.object({
			...pageFields,
			sortBy: z
				.enum(['conversationTimestamp', 'messageTimestamp', 'id', 'name'])
				.default('conversationTimestamp'),
			merge: flag.default(true).meta({ description: 'A person has one chat either way' }),
		}),
		response: z.array(chatSchema),
		async run(call) {
			const session = await workingSession(services, call)
			const { sortBy, sortOrder } = call.body
			const chats = (await session.directory.chats()).filter(isListed).map(wahaChat)
			const isByTime = sortBy !== 'id' && sortBy !== 'name'
			const key = isByTime ? 'conversationTimestamp' : sortBy
			const sorted = sortedBy(chats, (chat) => chat[key], sortOrder ?? (isByTime ? 'desc' : 'asc'))
			return call.c.json(pageOf(sorted, call.body))
		},
	})
