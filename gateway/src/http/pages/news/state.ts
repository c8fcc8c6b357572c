import type { z } from '@hono/zod-openapi'
import type { Delivery } from '../../../delivery/index.ts'
import type { Webhooks } from '../../../delivery/registry/webhooks.ts'
import type { Session } from '../../../session/session.ts'
import type { SessionView } from '../../../session/session-record.ts'
import { webhookView, type webhookSchema } from '../../native/webhooks/view.ts'

/** What the pages show besides events: the sessions of a key and their webhooks. */
export type NewsState = {
	sessions: SessionView[]
	webhooks: (z.output<typeof webhookSchema> & { session: string })[]
}

/** Something of the state that is another than before; null where it is gone. */
export type StateChange =
	| { type: 'session'; id: string; session: SessionView | null }
	| { type: 'webhook'; id: string; webhook: NewsState['webhooks'][number] | null }

export function readState(sessions: Session[], webhooks: Webhooks, delivery: Delivery): NewsState {
	return {
		sessions: sessions.map((session) => session.view()),
		webhooks: sessions.flatMap(({ id }) =>
			webhooks.list(id).map((webhook) => ({ session: id, ...webhookView(webhook, delivery) })),
		),
	}
}

/** Finds what has changed between two readings. A reader compares, since counters have no events. */
export function createStateDiff(first: NewsState) {
	let known = textsOf(first)
	return function changesTo(state: NewsState): StateChange[] {
		const before = known
		known = textsOf(state)
		const isOther = (id: string) => before.get(id) !== known.get(id)
		const gone = [...before.keys()].filter((id) => !known.has(id))
		return [
			...state.sessions
				.filter(({ id }) => isOther(keyOf('session', id)))
				.map((session) => ({ type: 'session' as const, id: session.id, session })),
			...state.webhooks
				.filter(({ id }) => isOther(keyOf('webhook', id)))
				.map((webhook) => ({ type: 'webhook' as const, id: webhook.id, webhook })),
			...gone.map(goneOf),
		]
	}
}

function textsOf({ sessions, webhooks }: NewsState): Map<string, string> {
	return new Map([
		...sessions.map((view) => [keyOf('session', view.id), JSON.stringify(view)] as const),
		...webhooks.map((view) => [keyOf('webhook', view.id), JSON.stringify(view)] as const),
	])
}

const keyOf = (type: StateChange['type'], id: string) => `${type} ${id}`

function goneOf(key: string): StateChange {
	const [type, id] = key.split(' ') as [StateChange['type'], string]
	return type === 'session' ? { type, id, session: null } : { type, id, webhook: null }
}
