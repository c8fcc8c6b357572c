import type { Delivery } from '../delivery/index.ts'
import type { WorkspaceWebhooks } from '../delivery/registry/workspace-webhooks.ts'
import type { GatewayEvent } from '../events/index.ts'
import { jittered } from '../lib/backoff.ts'
import { MINUTE_MS } from '../lib/units.ts'
import type { Log } from '../log.ts'
import type { Session } from '../session/session.ts'
import type { Sessions } from '../session/sessions.ts'
import type { SessionHost } from './host.ts'

/** A session in which nothing has happened for so long is idle. */
const IDLE_MS = MINUTE_MS

/** Expired records can wait until the sessions that have come together are all open. */
const PRUNE_AFTER_MS = MINUTE_MS
const UNEVEN = 0.5

export type SessionHostOptions = {
	sessions(): Sessions
	delivery: Delivery
	workspaceWebhooks: WorkspaceWebhooks
	/** Deletes what has expired in a session. */
	prune(session: Session): void
	log: Log
}

/** Opens and closes a session with all that belongs to it, while others go on. */
export function createSessionHost({ sessions, delivery, log, ...options }: SessionHostOptions) {
	const lastEvents = new Map<string, number>()
	const lastEvent = (id: string) => lastEvents.get(id) ?? 0

	async function attach(id: string): Promise<void> {
		const session = await sessions().attach(id)
		// Damaged webhooks are a matter of this session alone.
		await delivery.open(id).catch(session.refuse)
		await options.workspaceWebhooks.joined(session.view())
		session.resume().catch((err) => log.error({ err, session: id }, 'session not started'))
		pruneLater(session)
	}

	function pruneLater(session: Session) {
		const prune = () => sessions().find(session.id) === session && options.prune(session)
		setTimeout(prune, jittered(PRUNE_AFTER_MS, UNEVEN)).unref()
	}

	async function detach(id: string, sendsMs: number): Promise<void> {
		const session = sessions().find(id)
		await session?.finishSends(sendsMs)
		await delivery
			.close(id)
			.catch((err) => log.warn({ err, session: id }, 'cursors of webhooks not saved'))
		await sessions().detach(id)
		lastEvents.delete(id)
	}

	const host: SessionHost = {
		attach,
		detach,
		connected: async (id, ms) => void (await sessions().find(id)?.attempted(ms)),
		lastEvent,
		isIdle: (id) => Date.now() > lastEvent(id) + IDLE_MS && !delivery.hasStreams(id),
	}
	return {
		host,
		/** Something has happened in a session. */
		happened: ({ session }: GatewayEvent) => void lastEvents.set(session, Date.now()),
	}
}
