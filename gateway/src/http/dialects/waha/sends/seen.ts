import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../../errors.ts'
import { markRead } from '../../../../session/actions/mark-read.ts'
import type { Session } from '../../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { withForeignFieldNames } from '../../foreign-field-names.ts'
import { chatIdOf } from '../chat-id.ts'
import { chatIdField, optionalText, sessionField } from '../fields.ts'
import { bareIdOf, readMessageId, serializedId } from '../message-id.ts'
import { workingSession } from '../session.ts'
import { names } from './common.ts'

const DAY_S = 86_400
const DAYS = 7
/** How many messages of a chat are marked, if nothing is said. */
const MOST_OF_PERSON = 30
const MOST_OF_GROUP = 100

export const readIdsSchema = z.object({ ids: z.array(z.string()).optional() })

/** `POST /api/sendSeen`: some messages, or those of the last days. */
export const seen = (services: Services): Endpoint =>
	endpoint({
		method: 'post',
		path: '/api/sendSeen',
		summary: 'Mark messages as read',
		action: 'send',
		body: z.object({
			session: sessionField,
			chatId: chatIdField,
			messageIds: z.array(z.string().min(1)).nullish(),
			messageId: optionalText,
			participant: optionalText,
		}),
		response: readIdsSchema,
		// Nothing is said of messages that were named.
		mayBeEmpty: true,
		statuses: [201],
		async run(call) {
			const session = await workingSession(services, call)
			const { chatId: chat, messageIds, messageId, participant } = call.body
			const given = [...(messageIds ?? []), ...(messageId ? [messageId] : [])]
			if (!given.length) return call.c.json({ ids: await readChat(session, chat, {}) }, 201)
			await readMessages(session, chat, given, participant)
			return call.c.body(null, 201)
		},
	})

/** Marks messages as read; own ones are passed over. */
async function readMessages(
	session: Session,
	chat: string,
	given: string[],
	participant: string | undefined,
): Promise<void> {
	const named = given.map((text) => readMessageId(text))
	const ids = given.filter((_, at) => !named[at]?.fromMe).map(bareIdOf)
	if (!ids.length) return
	const sender = participant ?? named.find((one) => one?.participant)?.participant
	await withForeignFieldNames({ ...names, chat_jid: 'chatId', sender: 'participant' }, () =>
		session.withSocket((deps) => markRead(deps, { chat, message_ids: ids, sender })),
	)
}

/** Marks the newest messages of a chat as read. @returns their ids as WAHA has them */
export async function readChat(
	session: Session,
	chat: string,
	{ messages, days = DAYS }: { messages?: number | undefined; days?: number | undefined },
): Promise<string[]> {
	const limit = messages ?? (chat.endsWith('@g.us') ? MOST_OF_GROUP : MOST_OF_PERSON)
	const since = Math.floor(Date.now() / 1000) - days * DAY_S
	const found = await withForeignFieldNames({ jid: 'chatId', chat_jid: 'chatId' }, () =>
		session.history.page(chat, { limit, since, from_me: false }),
	).catch((error: unknown) => {
		// A chat that nothing was said in has nothing to read.
		if (isGatewayError(error, 'chat_not_found')) return { messages: [] }
		throw error
	})
	const ids = found.messages.map(({ message_id }) => message_id)
	if (ids.length) await session.withSocket((deps) => markRead(deps, { chat, message_ids: ids }))
	return found.messages.map(({ message_id: id, chat, sender }) =>
		serializedId({
			...{ fromMe: false, chat: chatIdOf(chat), id },
			...(chat.phone || chat.lid ? {} : { participant: chatIdOf(sender) }),
		}),
	)
}
