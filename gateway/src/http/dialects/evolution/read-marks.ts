import { z } from '@hono/zod-openapi'
import { markPlayed } from '../../../session/actions/mark-read.ts'
import type { ReadMessages } from '../../../session/actions/mark-read.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { markMessagesRead } from '../mark-read.ts'
import { keySchema } from './fields.ts'
import { recipientsOf } from './recipient.ts'
import { sessionOf } from './session.ts'

type Key = z.output<typeof keySchema>

/** `/chat/markMessageAsRead`, and `/chat/markMessageAsPlayed` of version 2.4. */
export const readMarks = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/chat/markMessageAsRead/{instance}',
		summary: 'Mark messages as read',
		body: z.object({ readMessages: z.array(keySchema).min(1) }),
		response: z.object({ message: z.string(), read: z.literal('success') }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			for (const messages of await byAuthor(session, call.body.readMessages))
				await markMessagesRead(session, 'readMessages.remoteJid', messages)
			return call.c.json({ message: 'Read messages', read: 'success' }, 201)
		},
	}),
	endpoint({
		method: 'post',
		path: '/chat/markMessageAsPlayed/{instance}',
		summary: 'Mark voice notes as heard',
		body: z.object({ playedMessages: z.array(keySchema).min(1) }),
		response: z.object({ message: z.string(), played: z.literal('success') }),
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			for (const messages of await byAuthor(session, call.body.playedMessages))
				await withForeignFieldNames({ chat_jid: 'playedMessages.remoteJid' }, () =>
					session.withSocket((deps) => markPlayed(deps, messages)),
				)
			return call.c.json({ message: 'Played messages', played: 'success' }, 201)
		},
	}),
]

/**
 * The messages of others, of each chat and author at once. Every chat is found before anything is told to anybody.
 * @throws GatewayError, those of `recipientsOf`
 */
async function byAuthor(session: Session, keys: Key[]): Promise<ReadMessages[]> {
	const others = keys.filter(({ fromMe }) => !fromMe)
	const chats = await recipientsOf(
		session,
		others.map(({ remoteJid }) => remoteJid),
	)
	const groups = new Map<string, ReadMessages>()
	for (const [index, { id, participant: sender }] of others.entries()) {
		const chat = chats[index]!
		const name = `${chat} ${sender ?? ''}`
		const group = groups.get(name) ?? { chat, message_ids: [], ...(sender && { sender }) }
		group.message_ids.push(id)
		groups.set(name, group)
	}
	return [...groups.values()]
}
