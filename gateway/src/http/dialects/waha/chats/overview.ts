import { z } from '@hono/zod-openapi'
import { isGatewayError } from '../../../../errors.ts'
import { createSemaphore } from '../../../../lib/semaphore.ts'
import { SECOND_MS } from '../../../../lib/units.ts'
import { toJid } from '../../../../session/identity.ts'
import type { Session } from '../../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../../dialect.ts'
import { chatIdOf } from '../chat-id.ts'
import { count, flag } from '../fields.ts'
import { pageSize } from '../messages/filters.ts'
import { keptMessage } from '../messages/kept.ts'
import { pageOf } from '../paging.ts'
import { waMessageSchema } from '../responses.ts'
import { workingSession } from '../session.ts'
import { chatSchema, isListed, wahaChat, type KnownChat } from './chat.ts'

const overviewSchema = z
	.object({
		id: z.string(),
		name: z.string().nullable(),
		picture: z.string().nullable(),
		lastMessage: waMessageSchema.nullable(),
		_chat: chatSchema,
	})
	.openapi('WahaChatOverview')

/** WhatsApp is asked for the picture of each, and limits how much is asked at once. */
const MOST = 500
const AT_ONCE = 4
/** After that, those that are still waiting for their turn are left out. */
const PICTURES_MS = 10 * SECOND_MS

const pageFields = {
	limit: pageSize(20, MOST),
	offset: count.default(0),
	merge: flag.default(true).meta({ description: 'A person has one chat either way' }),
}

const idsField = z
	.union([z.array(z.string().min(1)), z.string().transform((id) => [id])])
	.nullish()
	.meta({ description: 'Only these chats' })

type Wanted = { limit: number; offset: number; ids?: string[] | null | undefined }

/** The newest chats with what a list of chats shows. */
export const chatOverviews = (services: Services): Endpoint[] => [
	endpoint({
		method: 'get',
		path: '/api/{session}/chats/overview',
		summary: 'Get an overview of the chats',
		action: 'read',
		body: z.object({ ...pageFields, ids: idsField }),
		response: z.array(overviewSchema),
		async run(call) {
			const session = await workingSession(services, call)
			return call.c.json(await overview(session, call.body))
		},
	}),
	endpoint({
		method: 'post',
		path: '/api/{session}/chats/overview',
		summary: 'Get an overview of the chats; the request is in the body',
		action: 'read',
		body: z.object({
			pagination: z.object(pageFields),
			filter: z.object({ ids: idsField }).nullish(),
		}),
		response: z.array(overviewSchema),
		statuses: [201],
		async run(call) {
			const session = await workingSession(services, call)
			const { pagination, filter } = call.body
			return call.c.json(await overview(session, { ...pagination, ids: filter?.ids }), 201)
		},
	}),
]

async function overview(session: Session, { ids, ...page }: Wanted) {
	const chats = await session.directory.chats()
	const chosen = ids?.length ? await named(session, chats, ids) : chats.filter(isListed)
	const pictureOf = pictures(session)
	return Promise.all(
		pageOf(chosen, page).map(async (chat) => ({
			id: chatIdOf(chat),
			name: chat.name,
			picture: await pictureOf(chat),
			lastMessage: await lastMessageOf(session, chat),
			_chat: wahaChat(chat),
		})),
	)
}

async function named(session: Session, chats: KnownChat[], ids: string[]): Promise<KnownChat[]> {
	const wanted = await Promise.all(
		ids.map(async (id) => (await session.identity(toJid(id, 'ids'))).id),
	)
	return chats.filter(({ id }) => wanted.includes(id))
}

/** Asks for pictures, a few at once. A list is not worth failing for one of them. */
function pictures(session: Session) {
	const turns = createSemaphore(AT_ONCE)
	const ending = AbortSignal.timeout(PICTURES_MS)
	return async function pictureOf({ id }: KnownChat): Promise<string | null> {
		try {
			return await turns.run(() => session.pictures.urlOf(id), ending)
		} catch (error) {
			if (isGatewayError(error) || ending.aborted) return null
			throw error
		}
	}
}

async function lastMessageOf(session: Session, { last_message: last }: KnownChat) {
	const kept = last && (await session.kept.find(last.message_id))
	return kept ? keptMessage(session, kept, false) : null
}
