import type { Session } from '../../session/session.ts'
import type { ListedSession } from '../../session/listed-session.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { OwnerDirectory } from './directory.ts'
import { currentRequest, Failure } from './request-scope.ts'
import { AllWanted, NotHere } from './signals.ts'

/**
 * The sessions of all gateways, for what serves requests: to look up one that is not here ends the handler, and `serve`
 * forwards the request. This is the one place that every door passes: what looks sessions up, natively or in a dialect,
 * by path, body or key, needs to know nothing of it.
 */
export function routedSessions(
	sessions: Sessions,
	{ isHere }: Pick<OwnerDirectory, 'isHere'>,
): Sessions {
	/** @throws NotHere if the session is not here, and GatewayError if it was looked for and cannot be reached */
	function find(id: string): Session | undefined {
		const request = currentRequest()
		if (!request) return sessions.find(id)
		if (isHere(id)) {
			request.stays()
			return sessions.find(id)
		}
		if (!request.known.has(id)) throw new NotHere(id)
		const failure = request.known.get(id)
		if (failure) throw failure.error
		return undefined
	}

	return {
		...sessions,
		evenLeaving: (id) => find(id) ?? sessions.evenLeaving(id),
		find,
		get: (id) => find(id) ?? sessions.get(id),
		async remove(id) {
			find(id)
			await sessions.remove(id)
		},
		/** Those of other gateways are `ListedSession`s. */
		list() {
			const request = currentRequest()
			if (!request) return sessions.list()
			const { all } = request
			if (!all) throw new AllWanted()
			if (all instanceof Failure) throw all.error
			const own = new Map(
				sessions.list().flatMap((session) => (isHere(session.id) ? [[session.id, session]] : [])),
			)
			const others = all.filter(({ id }) => !own.has(id))
			return [...own.values(), ...others.map(remoteSession)]
		},
	}
}

const remotes = new WeakSet<object>()

/** Whether an entry of a list is at another gateway. */
export const isRemote = (session: Session): boolean => remotes.has(session)

/** A session of another gateway in a list. Whatever is asked of it but what a list shows makes the request go there. */
function remoteSession(listed: ListedSession): Session {
	const session = new Proxy(listed as Session, {
		get(target, name) {
			if (Object.hasOwn(target, name)) return target[name as keyof Session]
			// A promise that resolves with it looks for `then`.
			if (typeof name === 'symbol' || name === 'then') return undefined
			throw new NotHere(listed.id)
		},
	})
	remotes.add(session)
	return session
}
