import { Hono } from 'hono'
import { z } from 'zod'
import type { Delivery } from '../../../delivery/index.ts'
import { typeTest, wantedTypes } from '../../../delivery/registry/filter.ts'
import type { Webhooks } from '../../../delivery/registry/webhooks.ts'
import { GatewayError } from '../../../errors.ts'
import { SECOND_MS } from '../../../lib/units.ts'
import type { Sessions } from '../../../session/sessions.ts'
import { mayUse, type AppEnv, type Caller } from '../../api-keys/caller.ts'
import { currentRequest, inScope } from '../../forward/request-scope.ts'
import { isRemote } from '../../forward/routed-sessions.ts'
import { ownEvents, remoteEvents } from './event-source.ts'
import { createEventReader } from './events.ts'
import { readState } from './state.ts'
import { newsStream } from './stream.ts'

export type NewsSources = { sessions: Sessions; webhooks: Webhooks; delivery: Delivery }

/** In the snapshot, of each session. */
const MAX_EVENTS = 200

/** Sessions of other gateways are looked at in the database, and their gateways asked for events. */
const REFRESH_MS = 3 * SECOND_MS

const commas = z.string().transform((text) => text.split(',').filter(Boolean))
const query = z.object({
	sessions: commas.optional(),
	types: commas.pipe(wantedTypes).optional(),
	events: z.coerce.number().int().min(0).max(MAX_EVENTS).default(0),
})

/**
 * `GET /news?sessions=&types=&events=`: one stream for all that a page shows of the sessions of a key, since a browser
 * opens six connections to a host at most. `events` is how many of the last events of each session come first.
 */
export function newsRoutes({ sessions, webhooks, delivery }: NewsSources) {
	const app = new Hono<AppEnv>()
	app.get('/news', async (c) => {
		const asked = query.safeParse(c.req.query())
		if (!asked.success) throw new GatewayError('invalid_request', asked.error.issues[0]!.message)
		const { types = ['*'], events: count } = asked.data
		const request = currentRequest()
		const inRequest = <T>(act: () => T): T => (request ? inScope(request, act) : act())
		const shown = () => inRequest(() => shownTo(sessions, c.get('caller'), asked.data.sessions))
		let refreshedAt = Date.now()
		const state = () => readState(shown(), webhooks, delivery)
		async function read() {
			if (request && Date.now() > refreshedAt + REFRESH_MS) {
				await request.refresh()
				refreshedAt = Date.now()
				for (const session of shown().filter(isRemote)) reader.noted(session.id)
			}
			return state()
		}
		const reader = createEventReader((id) => {
			const session = shown().find((one) => one.id === id)
			if (!session) return undefined
			return request && isRemote(session) ? remoteEvents(session, request) : ownEvents(session)
		})
		const listed = await Promise.all(shown().map(({ id }) => reader.last(id, count)))
		const wantsType = typeTest(types)
		const body = newsStream({
			state: state(),
			events: listed.flat(),
			read,
			reader,
			listen: delivery.listen,
			wants: ({ type }) => wantsType(type),
		})
		return c.body(body, 200, { 'Content-Type': 'text/event-stream', 'X-Accel-Buffering': 'no' })
	})
	return app
}

function shownTo(sessions: Sessions, caller: Caller, wanted: string[] | undefined) {
	return sessions
		.list()
		.filter((session) => mayUse(caller, session))
		.filter(({ id }) => wanted?.includes(id) ?? true)
}
