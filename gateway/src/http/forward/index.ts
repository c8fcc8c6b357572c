import { SECOND_MS } from '../../lib/units.ts'
import type { Log } from '../../log.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { Fetch } from '../draining.ts'
import { createAsk } from './ask.ts'
import type { OwnerDirectory } from './directory.ts'
import { unsigned } from './errors.ts'
import { createHop, pathOf } from './hop.ts'
import { refuse } from './internal-door.ts'
import { plainProblem } from '../errors/plain-problem.ts'
import { forward, type WhileBodyComes } from './public-door.ts'
import { routedSessions } from './routed-sessions.ts'
import { createServe } from './serve.ts'
import { readSignature } from './signature.ts'
import { createToOwner } from './to-owner.ts'

export type ForwardingOptions = {
	directory: OwnerDirectory
	/** The secret that all gateways of the cluster share. */
	key: string
	sendTimeoutMs: number
	/** Ends work on a request whose body comes too slowly. */
	whileBodyComes: WhileBodyComes
	/** For bodies that are too large for memory. */
	tempDir: string
	log: Log
}

/** A send ends at its own limit before the gateway that forwards it gives up. */
const BEYOND_SEND_MS = 15 * SECOND_MS

/** Lets any gateway of a cluster take any request. */
export type Forwarding = ReturnType<typeof createForwarding>

/**
 * @example
 * const forwarding = createForwarding({ directory, key, sendTimeoutMs, tempDir, log })
 * const app = createApp({ sessions: forwarding.sessions(sessions), … })
 * createHttpServer({ fetch: forwarding.publicFetch(app.fetch) }).listen(3000)
 * createHttpServer({ fetch: forwarding.internalFetch(app.fetch) }).listen(7000)
 */
export function createForwarding(options: ForwardingOptions) {
	const { directory, key, sendTimeoutMs, tempDir, log, whileBodyComes } = options
	const hop = createHop({ key, answerMs: sendTimeoutMs + BEYOND_SEND_MS })
	const toOwner = createToOwner({ directory, hop, log })
	const ask = createAsk(toOwner)
	const shared = { directory: tempDir, listed: directory.listed, ask }

	return {
		/** The sessions as the application looks them up. */
		sessions: (sessions: Sessions): Sessions => routedSessions(sessions, directory),
		/** Serves clients: a request about a session of another gateway is forwarded. */
		publicFetch(fetch: Fetch): Fetch {
			const serve = createServe({
				...shared,
				fetch,
				homeless: (request, env) => forward(request, env, { toOwner, whileBodyComes }),
			})
			return (request, env) => serve(request, env)
		},
		/** Serves other gateways: a request about a session that is not here is refused. */
		internalFetch(fetch: Fetch): Fetch {
			const homeless = (request: Parameters<typeof refuse>[0]) => refuse(request, directory)
			const serve = createServe({ ...shared, fetch, homeless })
			return (request, env) => {
				const { method, headers } = request
				const vouched = readSignature(key, { method, path: pathOf(request), headers })
				if (!vouched) return plainProblem(unsigned())
				return serve(request, env, vouched)
			}
		},
		close: () => hop.close(),
	}
}
