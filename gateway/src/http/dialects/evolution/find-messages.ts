import { z } from '@hono/zod-openapi'
import type { KeptQuery } from '../../../session/find-kept.ts'
import type { FoundKept } from '../../../session/kept-messages.ts'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { flag, wholeNumber } from './fields.ts'
import { keptObject, keptRecord, statusRow } from './kept-message.ts'
import { messageSchema } from './responses.ts'
import { sessionOf } from './session.ts'

const time = z.union([z.string(), z.number()]).optional()
const word = z.string().optional()

const where = z
	.looseObject({
		id: word,
		keyId: word.meta({ description: 'The same' }),
		remoteJid: word,
		key: z
			.looseObject({ id: word, fromMe: flag.optional(), remoteJid: word, participants: word })
			.optional(),
		messageType: word,
		source: word,
		messageTimestamp: z.object({ gte: time, lte: time }).optional(),
	})
	.optional()

const pageFields = {
	page: wholeNumber().optional().meta({ description: 'From 1' }),
	offset: wholeNumber().optional().meta({ description: 'How many a page has: 50 if left out' }),
}

const body = z.object({ where, ...pageFields })

type Where = z.output<typeof where>

const MOST_ON_PAGE = 500
const USUAL_ON_PAGE = 50

/** `/chat/findMessages` and `/chat/findStatusMessage`. */
export const messageLists = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/chat/findMessages/{instance}',
		summary: 'Find kept messages, the newest first',
		body,
		response: z.object({
			messages: z.object({
				total: z.number().int(),
				pages: z.number().int(),
				currentPage: z.number().int(),
				records: z.array(messageSchema.omit({ status: true })),
			}),
		}),
		async run(call) {
			const session = sessionOf(services, call)
			const { size, skip, currentPage } = pageOf(call.body)
			const query = queryOf(session.id, call.body.where)
			const { messages, total } = await session.history.find(query, { size, skip })
			const records = messages.map((found) => keptRecord(session.id, found))
			const pages = Math.ceil(total / size)
			return call.c.json({ messages: { total, pages, currentPage, records } })
		},
	}),
	endpoint({
		method: 'post',
		path: '/chat/findStatusMessage/{instance}',
		summary: 'Find how far messages have got',
		body,
		response: z.array(z.looseObject({ keyId: z.string(), status: z.string() })),
		async run(call) {
			const session = sessionOf(services, call)
			const page = pageOf(call.body)
			const { messages } = await session.history.find(queryOf(session.id, call.body.where), page)
			return call.c.json(messages.map((found) => statusRow(session.id, found)))
		},
	}),
]

function pageOf({ page = 1, offset }: { page?: number | undefined; offset?: number | undefined }) {
	const currentPage = Math.max(1, page)
	const size = Math.min(offset || USUAL_ON_PAGE, MOST_ON_PAGE)
	return { currentPage, size, skip: (currentPage - 1) * size }
}

function queryOf(session: string, given: Where): KeptQuery {
	const { key = {}, messageTimestamp = {} } = given ?? {}
	const id = key.id || given?.keyId || given?.id || undefined
	const chat = key.remoteJid || given?.remoteJid || undefined
	return {
		...{ id, chat, from_me: key.fromMe },
		since: secondsOf(messageTimestamp.gte),
		until: secondsOf(messageTimestamp.lte),
		...((given?.messageType || given?.source) && {
			fits: (found: FoundKept) => isLike(session, found, given),
		}),
	}
}

function isLike(session: string, found: FoundKept, { messageType, source }: NonNullable<Where>) {
	const object = keptObject(session, found)
	return (
		(!messageType || object.messageType === messageType) && (!source || object.source === source)
	)
}

/** Of an ISO date, or of seconds. */
function secondsOf(given: string | number | undefined): number | undefined {
	if (given === undefined || given === '') return undefined
	const seconds = Number(given)
	if (Number.isFinite(seconds)) return seconds
	const ms = Date.parse(String(given))
	return Number.isNaN(ms) ? undefined : Math.floor(ms / 1000)
}
