import { sessionStatus } from '../events/types/session-status.ts'
import { gauge, type Metric } from '../lib/metrics.ts'
import { SECOND_MS } from '../lib/units.ts'
import type { SessionView } from '../session/session-record.ts'
import type { Sessions } from '../session/sessions.ts'

/** Why the gateway itself disconnects a session for a while; it connects again by itself. */
const pauseReasons = ['storage_failed', 'delivery_backlog']

/** What the sessions are like when somebody asks. */
export function sessionMetrics(sessions: Sessions, prefix: string): Metric[] {
	const unsent = unsentOf(sessions)
	return [
		gauge(`${prefix}sessions`, 'Sessions by status', byStatus(sessions)),
		gauge(
			`${prefix}sessions_paused`,
			'Sessions that the gateway has disconnected for a while, by reason; they are closed',
			byPause(sessions),
		),
		clientVersion(sessions, prefix),
		gauge(
			`${prefix}unsent_messages`,
			'Messages that were accepted and have no outcome yet',
			unsent.count,
		),
		gauge(`${prefix}oldest_unsent_seconds`, 'Age of the oldest of them, or 0', unsent.age),
	]
}

function byStatus(sessions: Sessions) {
	return counted('status', sessionStatus.options, sessions, ({ status }) => status)
}

function byPause(sessions: Sessions) {
	return counted('reason', pauseReasons, sessions, ({ status, last_disconnect }) =>
		status === 'closed' ? last_disconnect?.reason : undefined,
	)
}

/** A sample for each of these values, also for those that no session has. */
function counted(
	label: string,
	values: readonly string[],
	sessions: Sessions,
	valueOf: (view: SessionView) => string | undefined,
) {
	const counts = new Map(values.map((value) => [value, 0]))
	for (const session of sessions.list()) {
		const value = valueOf(session.view())
		if (value !== undefined && counts.has(value)) counts.set(value, counts.get(value)! + 1)
	}
	return [...counts].map(([name, value]) => ({ labels: { [label]: name }, value }))
}

function clientVersion(sessions: Sessions, prefix: string) {
	const { version, origin, refused } = sessions.version()
	const labels = { version, origin }
	const help = 'Version of WhatsApp Web as which sessions connect: 1, or 0 if WhatsApp refuses it'
	return gauge(`${prefix}client_version`, help, [{ labels, value: refused ? 0 : 1 }])
}

function unsentOf(sessions: Sessions) {
	const now = Date.now() / SECOND_MS
	const all = sessions.list().flatMap((session) => session.unsent() ?? [])
	const ages = all.map(({ since = now }) => now - since)
	return { count: all.reduce((sum, { count }) => sum + count, 0), age: Math.max(0, ...ages) }
}
