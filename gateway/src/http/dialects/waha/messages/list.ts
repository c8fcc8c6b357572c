import { z } from '@hono/zod-openapi'
import type { Session } from '../../../../session/session.ts'
import type { KeptMessage } from '../../../../session/state/messages.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { chatIdField, sessionField } from '../fields.ts'
import { waMessageSchema } from '../responses.ts'
import { workingSession } from '../session.ts'
import type { WaMessage } from '../wa-message.ts'
import { fitsAck, keptFilterOf, listFields, type ListQuery } from './filters.ts'
import { keptMessage } from './kept.ts'

/** In place of a chat. */
const ALL = 'all'

const common = {
	method: 'get',
	action: 'read',
	response: z.array(waMessageSchema),
} as const

/** The messages of a chat, or of all. */
export const messageLists = (services: Services): Endpoint[] => [
	endpoint({
		...common,
		path: '/api/{session}/chats/{chatId}/messages',
		summary: 'Get the messages of a chat; of all chats with `all`',
		body: z.object(listFields),
		async run(call) {
			const session = await workingSession(services, call)
			return call.c.json(await listed(session, call.param('chatId'), call.body))
		},
	}),
	endpoint({
		...common,
		path: '/api/messages',
		summary: 'Get the messages of a chat',
		body: z.object({ ...listFields, session: sessionField, chatId: chatIdField }),
		async run(call) {
			const session = await workingSession(services, call)
			return call.c.json(await listed(session, call.body.chatId, call.body))
		},
	}),
]

async function listed(session: Session, chat: string, query: ListQuery): Promise<WaMessage[]> {
	const found = await withForeignFieldNames({ jid: 'chatId' }, () =>
		query.sortOrder === 'asc' ? oldest(session, chat, query) : newest(session, chat, query),
	)
	return Promise.all(found.map((each) => keptMessage(session, each, query.downloadMedia)))
}

async function* fitting(
	{ kept }: Session,
	chat: string,
	query: ListQuery,
): AsyncGenerator<KeptMessage> {
	const filter = keptFilterOf(query)
	const all = chat === ALL ? kept.ofAllChats(filter) : kept.ofChat(chat, filter)
	for await (const message of all) if (fitsAck(message, query)) yield message
}

async function newest(session: Session, chat: string, query: ListQuery): Promise<KeptMessage[]> {
	const { offset, limit } = query
	const found: KeptMessage[] = []
	let place = 0
	for await (const message of fitting(session, chat, query)) {
		if (place++ >= offset) found.push(message)
		if (found.length === limit) break
	}
	return found
}

/** Only the ids of all are held: a chat may be longer than memory. */
async function oldest(session: Session, chat: string, query: ListQuery): Promise<KeptMessage[]> {
	const { offset, limit } = query
	const ids: string[] = []
	for await (const { message_id } of fitting(session, chat, query)) ids.push(message_id)
	const wanted = ids.toReversed().slice(offset, offset + limit)
	const found = await Promise.all(wanted.map((id) => session.kept.find(id)))
	return found.filter((message) => message !== undefined)
}
