import { setTimeout as pause } from 'node:timers/promises'
import { z } from '@hono/zod-openapi'
import { showChatstate, showPresence } from '../../../session/actions/presence.ts'
import type { Session } from '../../../session/session.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { actIn } from './act.ts'
import { chatIdOf } from './chat-id.ts'
import { presenceRefused } from './errors.ts'
import { optionalText } from './fields.ts'
import { workingSession } from './session.ts'

const path = '/api/{session}/presence'

const shown = { online: 'available', offline: 'unavailable' } as const
const inChat = { typing: 'typing', recording: 'recording', paused: 'paused' } as const

const presenceSchema = z
	.object({
		id: z.string(),
		presences: z.array(
			z.object({
				participant: z.string(),
				lastKnownPresence: z.string(),
				lastSeen: z.number().int().nullable(),
			}),
		),
	})
	.openapi('WahaPresences')

/** Presence of the account, and of others. */
export const presences = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path,
		summary: 'Show whether the account is online, or typing in a chat',
		action: 'send',
		body: z.object({
			chatId: optionalText,
			presence: z.enum(['online', 'offline', 'typing', 'recording', 'paused']),
		}),
		response: 'empty',
		statuses: [201],
		async run(call) {
			const { chatId, presence } = call.body
			if (presence === 'online' || presence === 'offline') {
				if (chatId) throw presenceRefused(`chatId must not be set for ${presence}`)
				await actIn(services, call, {}, (deps) => showPresence(deps, shown[presence]))
			} else {
				if (!chatId) throw presenceRefused(`chatId is required for ${presence}`)
				await actIn(services, call, { to: 'chatId' }, (deps) =>
					showChatstate(deps, chatId, inChat[presence]),
				)
			}
			return call.c.body(null, 201)
		},
	}),
	{
		method: 'get',
		path,
		summary: 'Get what is known of the presence of those who are subscribed to',
		action: 'read',
		response: z.array(presenceSchema),
		async run(call) {
			const session = await workingSession(services, call)
			const chats = session.presences.subscribed()
			return call.c.json(await Promise.all(chats.map((chat) => presencesOf(session, chat))))
		},
	},
	{
		method: 'get',
		path: `${path}/{chatId}`,
		summary: 'Subscribe to the presence of a person, and get what is known of it',
		action: 'read',
		response: presenceSchema,
		async run(call) {
			const session = await workingSession(services, call)
			const chat = call.param('chatId')
			await session.presences.subscribe(chat)
			// WhatsApp gives no answer: it tells what it knows soon after.
			if (!session.presences.of(chat).length) await pause(SECOND_MS)
			return call.c.json(await presencesOf(session, chat))
		},
	},
	{
		method: 'post',
		path: `${path}/{chatId}/subscribe`,
		summary: 'Subscribe to the presence of a person',
		action: 'read',
		response: 'empty',
		statuses: [201],
		async run(call) {
			const session = await workingSession(services, call)
			await session.presences.subscribe(call.param('chatId'))
			return call.c.body(null, 201)
		},
	},
]

async function presencesOf(
	session: Session,
	chat: string,
): Promise<z.output<typeof presenceSchema>> {
	const known = session.presences.of(chat)
	return {
		id: chatIdOf(await session.identity(chat)),
		presences: known.map(({ sender, presence: lastKnownPresence, last_seen: lastSeen }) => ({
			participant: chatIdOf(sender),
			...{ lastKnownPresence, lastSeen },
		})),
	}
}
