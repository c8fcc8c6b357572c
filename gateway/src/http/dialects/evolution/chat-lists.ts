import { z } from '@hono/zod-openapi'
import type { ChatSummary } from '../../../session/actions/chats/summary.ts'
import { toJid } from '../../../session/identity.ts'
import type { Session } from '../../../session/session.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import type { LooseJson } from '../loose-json.ts'
import { wholeNumber } from './fields.ts'
import { instanceIdOf } from './instance-ids.ts'
import { keptObject } from './kept-message.ts'
import { sessionOf } from './session.ts'

const word = z.string().optional()
const where = z.looseObject({ id: word, remoteJid: word, pushName: word }).optional()
const paged = { page: wholeNumber().optional(), offset: wholeNumber().optional() }

const chatSchema = z.looseObject({
	remoteJid: z.string(),
	pushName: z.string().nullable(),
	unreadCount: z.number().int(),
	lastMessage: z.looseObject({}).optional(),
})

/** `/chat/findChats`, `/chat/findChatByRemoteJid` and `/chat/findContacts`. */
export const chatLists = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/chat/findChats/{instance}',
		summary: 'Find chats, the newest first',
		body: z.object({
			where,
			take: wholeNumber().optional(),
			skip: wholeNumber().optional(),
			...paged,
		}),
		response: z.array(chatSchema),
		async run(call) {
			const session = sessionOf(services, call)
			const known = await chatsLike(session, call.body.where?.remoteJid)
			// Contacts with whom nothing was said are no chats.
			const chats = known.filter((chat) => chat.last_message_at !== null)
			const { from, size } = pageOf(call.body)
			const page = chats.slice(from, from + size)
			return call.c.json(await Promise.all(page.map((chat) => shownChat(session, chat))))
		},
	}),
	endpoint({
		method: 'get',
		path: '/chat/findChatByRemoteJid/{instance}',
		summary: 'Show a chat',
		query: z.object({ remoteJid: z.string().optional() }),
		response: z.looseObject({ remoteJid: z.string() }).nullable(),
		async run(call) {
			const session = sessionOf(services, call)
			const jid = call.c.req.query('remoteJid')
			// This one endpoint has an error of its own form.
			if (!jid) return call.c.json({ error: 'remoteJid is a required query parameter' }, 400)
			const [chat] = await chatsLike(session, jid)
			if (!chat) return call.c.json(null)
			const { created_at: createdAt, updated_at } = session.view()
			return call.c.json({
				...{ id: chat.id, remoteJid: chat.id, name: chat.name, labels: chat.labels, createdAt },
				...{ updatedAt: chat.last_message_at ?? updated_at, instanceId: instanceIdOf(session.id) },
				unreadMessages: chat.unread,
			})
		},
	}),
	endpoint({
		method: 'post',
		path: '/chat/findContacts/{instance}',
		summary: 'Find contacts and groups',
		body: z.object({ where, ...paged }),
		response: z.array(z.looseObject({ remoteJid: z.string(), type: z.string() })),
		async run(call) {
			const session = sessionOf(services, call)
			const { id, remoteJid = id, pushName } = call.body.where ?? {}
			const known = [
				...(await chatsLike(session, remoteJid)),
				...(await groupsLike(session, remoteJid)),
			]
			const found = onceEach(known).filter(({ name }) => !pushName || name === pushName)
			const { from, size } = pageOf(call.body)
			return call.c.json(found.slice(from, from + size).map((chat) => shownContact(session, chat)))
		},
	}),
]

/** All, if nothing says how many. */
const MOST = 10_000

type Paged = Partial<Record<'page' | 'offset' | 'take' | 'skip', number | undefined>>

function pageOf({ page = 1, offset, take = offset, skip }: Paged) {
	const size = take || MOST
	return { size, from: skip ?? (Math.max(1, page) - 1) * size }
}

/** Those with an id in any of its forms; all without one. */
async function chatsLike(session: Session, given: string | undefined): Promise<ChatSummary[]> {
	const chats = await session.directory.chats()
	if (!given) return chats
	const wanted = await session.identity(toJid(given, 'remoteJid'))
	return chats.filter(({ id, lid }) => id === wanted.id || (lid !== null && lid === wanted.lid))
}

type Known = Pick<ChatSummary, 'id' | 'name' | 'type'>

/** The groups of the account, also those in which nothing was said yet. Without a connection they are not known. */
async function groupsLike({ directory }: Session, given: string | undefined): Promise<Known[]> {
	const groups = await directory.groups().catch(() => [])
	return groups
		.filter(({ jid }) => !given || jid === given)
		.map(({ jid: id, name }) => ({ id, name, type: 'group' }))
}

const onceEach = (known: Known[]): Known[] => [
	...new Map(known.map((one) => [one.id, one])).values(),
]

async function shownChat(session: Session, chat: ChatSummary) {
	const { id, name, unread, last_message, last_message_at, type } = chat
	const last = last_message && (await lastOf(session, last_message.message_id))
	return {
		...{ id, remoteJid: id, pushName: name, updatedAt: last_message_at },
		profilePicUrl: session.pictures.knownOf(id) ?? null,
		...{ windowStart: null, windowExpires: null, windowActive: null },
		...(last && { lastMessage: last }),
		unreadCount: unread,
		isSaved: type !== 'person' || name !== null,
	}
}

async function lastOf(session: Session, id: string) {
	const { messages } = await session.history.find({ id }, { skip: 0, size: 1 })
	const [found] = messages
	if (!found) return undefined
	const shown = keptObject(session.id, found)
	const { message, messageType } = shown
	return {
		...{ id, ...shown, message: withoutFile(message, messageType) },
		...{ participant: shown.key.participant ?? null, sessionId: null },
	}
}

const media = ['imageMessage', 'videoMessage', 'audioMessage', 'documentMessage', 'stickerMessage']

/** As there, what is said of a file in an overview is its caption alone. */
function withoutFile(message: LooseJson, type: string): LooseJson {
	if (!media.includes(type)) return message
	const { caption } = message[type]
	return { [type]: caption === undefined ? {} : { caption } }
}

function shownContact(session: Session, { id, name, type }: Known) {
	const { created_at: createdAt, updated_at: updatedAt } = session.view()
	return {
		...{ id, remoteJid: id, pushName: name, createdAt, updatedAt },
		profilePicUrl: session.pictures.knownOf(id) ?? null,
		...{ instanceId: instanceIdOf(session.id), isGroup: type === 'group' },
		...{ isSaved: name !== null, type: type === 'group' ? 'group' : 'contact' },
	}
}
