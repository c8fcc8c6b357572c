import { createRoute, OpenAPIHono, z } from '@hono/zod-openapi'
import { isGatewayError } from '../../errors.ts'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import { mayUse, sessionFor, type AppEnv, type Caller } from '../api-keys/caller.ts'
import { currentRequest } from '../forward/request-scope.ts'
import { isRemote } from '../forward/routed-sessions.ts'
import { json, problems, rejectInvalid } from '../openapi/schemas.ts'
import { foundMessage, searchQuery, shownFound } from './routes/kept-message.ts'

type Page = Pick<z.output<typeof searchQuery>, 'limit' | 'offset'>
type Found = z.output<typeof foundMessage>
type Answer = { messages?: Found[]; not_searched: string[] }

const search = createRoute({
	method: 'get',
	path: '/messages/search',
	summary: 'Search messages of all sessions',
	description:
		'Searches the texts of the kept messages in all sessions that the key may use, or in one of them.',
	request: {
		query: searchQuery.extend({
			session: z.string().optional().meta({ title: 'Session', description: 'This one alone' }),
		}),
	},
	responses: {
		200: {
			description: 'Newest first',
			...json(
				z.object({
					messages: z.array(foundMessage),
					count: z.number().int(),
					not_searched: z.array(z.string()).meta({
						description:
							'Sessions whose state is damaged and cannot be read, or whose gateway does not answer',
					}),
				}),
			),
		},
		...problems,
	},
})

/** `GET /messages/search`: over sessions. */
export function searchRoutes(sessions: Sessions) {
	const app = new OpenAPIHono<AppEnv>({ defaultHook: rejectInvalid })
	app.openapi(search, async (c) => {
		const { q, session: only, ...page } = c.req.valid('query')
		const searched = only
			? [sessionFor(sessions, c.get('caller'), only)]
			: usableBy(c.get('caller'), sessions)
		const found: Found[] = []
		const not_searched: string[] = []
		for (const session of searched) {
			const its = await newestIn(session, q, page)
			if (its) found.push(...its)
			else not_searched.push(session.id)
		}
		found.sort((a, b) => (b.msg_timestamp ?? 0) - (a.msg_timestamp ?? 0))
		const messages = found.slice(page.offset, page.offset + page.limit)
		return c.json({ messages, count: messages.length, not_searched }, 200)
	})
	return app
}

const usableBy = (caller: Caller, sessions: Sessions) =>
	sessions.list().filter((session) => mayUse(caller, session))

/** Undefined if its gateway does not answer. */
async function foundElsewhere(
	session: string,
	q: string,
	{ limit }: { limit: number },
): Promise<Found[] | undefined> {
	const query = new URLSearchParams({ q, session, limit: String(limit) })
	const answer = await currentRequest()?.ask(session, `/api/v1/messages/search?${query}`)
	const { messages, not_searched } = (answer ?? { not_searched: [session] }) as Answer
	return not_searched.length ? undefined : messages
}

/** As many as a page of all sessions may have of this one; undefined if its state is damaged. */
async function newestIn(
	session: Session,
	words: string,
	{ limit, offset }: Page,
): Promise<Found[] | undefined> {
	if (isRemote(session)) return foundElsewhere(session.id, words, { limit: offset + limit })
	try {
		const found = await session.history.search(words, { limit: offset + limit, offset: 0 })
		return found.map((each) => shownFound(session.id, each))
	} catch (error) {
		if (isGatewayError(error, 'session_corrupt') || session.view().status === 'corrupt')
			return undefined
		throw error
	}
}
