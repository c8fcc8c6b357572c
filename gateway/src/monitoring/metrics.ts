import { sessionStatus } from '../events/types/session-status.ts'
import type { GatewayEvent } from '../events/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Outcome } from '../delivery/attempt/post.ts'
import { createCounter, createHistogram, gauge, metricsText } from '../lib/metrics.ts'
import { limitReasons, type LimitReason } from '../session/governor/index.ts'
import type { SendObserver } from '../session/send/send-observer.ts'
import type { Sessions } from '../session/sessions.ts'
import type { LookUp, VersionObserver } from '../session/version/versions.ts'
import type { DataDirUse } from './data-dir.ts'
import { createProcessMetrics } from './process-metrics.ts'
import { VERSION } from '../lib/version.ts'

/** What is read when somebody asks. */
export type MetricSources = {
	sessions: Sessions
	delivery: Delivery
	dataDir(): Promise<DataDirUse>
}

const PREFIX = 'whatsapp_gateway_'
const ACKNOWLEDGEMENT_BOUNDS = [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60]
const COMMIT_BOUNDS = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5]

export type Metrics = ReturnType<typeof createMetrics>

/**
 * The metrics of the gateway. No label has an id of a session or a number of a person: they would be secrets in a system
 * that keeps everything, and a series for each of them. What happens often costs an addition; the rest is read by `text`.
 */
export function createMetrics() {
	const messages = createCounter(`${PREFIX}messages_total`, 'Messages by direction and outcome', [
		'direction',
		'outcome',
	])
	const acknowledged = messages.series('sent', 'acknowledged')
	const refused = messages.series('sent', 'refused')
	const notSent = messages.series('sent', 'not_sent')
	const read = messages.series('received', 'read')
	const undecryptable = messages.series('received', 'undecryptable')
	const attempts = createCounter(`${PREFIX}webhook_attempts_total`, 'Webhook attempts by outcome', [
		'outcome',
	])
	const accepted = attempts.series('accepted')
	const rejected = attempts.series('rejected')
	const unanswered = attempts.series('unanswered')
	const acknowledgement = createHistogram(
		`${PREFIX}acknowledgement_seconds`,
		"Time from a message being handed over to WhatsApp's acknowledgement",
		ACKNOWLEDGEMENT_BOUNDS,
	)
	const commits = createHistogram(
		`${PREFIX}commit_seconds`,
		'Time until a commit of a session is durable',
		COMMIT_BOUNDS,
	)
	const refusals = createCounter(
		`${PREFIX}version_refusals_total`,
		'Connections that WhatsApp refused because of the version of the client',
		[],
	)
	const lookUps = createCounter(
		`${PREFIX}version_lookups_total`,
		'Look-ups of the newest version of WhatsApp Web by outcome',
		['outcome'],
	)
	const lookedUp: Record<LookUp, () => void> = {
		found: lookUps.series('found'),
		same: lookUps.series('same'),
		failed: lookUps.series('failed'),
	}
	const limited = createCounter(
		`${PREFIX}limited_total`,
		'Sends and number checks that the governor did not let out, by reason',
		['reason'],
	)
	const limitedBy = Object.fromEntries(
		limitReasons.map((reason) => [reason, limited.series(reason)]),
	) as Record<LimitReason, () => void>
	const processMetrics = createProcessMetrics()

	const sends: SendObserver = {
		acknowledged(seconds) {
			acknowledged()
			if (seconds !== undefined) acknowledgement.observe(seconds)
		},
		refused,
		notSent,
		limited: (reason) => limitedBy[reason](),
	}

	const versions: VersionObserver = {
		refused: refusals.series(),
		lookedUp: (outcome) => lookedUp[outcome](),
	}

	return {
		/** What happens to the version of WhatsApp Web. */
		versions,
		/** How sends end. */
		sends,
		/** A commit took so long, in seconds. */
		committed: commits.observe,
		/** A webhook was called. */
		attempted({ why, status }: Outcome) {
			if (why === null) accepted()
			else if (status === null) unanswered()
			else rejected()
		},
		/** Something has happened in a session. */
		happened({ type }: GatewayEvent) {
			if (type === 'message.received') read()
			else if (type === 'message.undecryptable') undecryptable()
		},
		/** All metrics as text. */
		async text({ sessions, delivery, dataDir }: MetricSources): Promise<string> {
			const { used, free } = await dataDir()
			const { waiting, dead } = delivery.totals()
			return metricsText([
				gauge(`${PREFIX}build_info`, 'Version of the gateway and of Node', [
					{ labels: { version: VERSION, node: process.versions.node }, value: 1 },
				]),
				gauge(`${PREFIX}sessions`, 'Sessions by status', bySessionStatus(sessions)),
				clientVersion(sessions),
				refusals,
				lookUps,
				messages,
				limited,
				acknowledgement,
				attempts,
				gauge(`${PREFIX}deliveries`, 'Events that wait for a webhook, or were given up', [
					{ labels: { state: 'waiting' }, value: waiting },
					{ labels: { state: 'dead' }, value: dead },
				]),
				commits,
				gauge(
					`${PREFIX}data_bytes`,
					'Size of the files in DATA_DIR by kind',
					Object.entries(used).map(([kind, value]) => ({ labels: { kind }, value })),
				),
				gauge(`${PREFIX}data_free_bytes`, 'Free space where DATA_DIR is', free),
				...processMetrics.read(),
			])
		},
		stop: processMetrics.stop,
	}
}

function clientVersion(sessions: Sessions) {
	const { version, origin, refused } = sessions.version()
	const labels = { version, origin }
	const help = 'Version of WhatsApp Web as which sessions connect: 1, or 0 if WhatsApp refuses it'
	return gauge(`${PREFIX}client_version`, help, [{ labels, value: refused ? 0 : 1 }])
}

function bySessionStatus(sessions: Sessions) {
	const counts = new Map<string, number>(sessionStatus.options.map((status) => [status, 0]))
	for (const session of sessions.list()) {
		const { status } = session.view()
		counts.set(status, counts.get(status)! + 1)
	}
	return [...counts].map(([status, value]) => ({ labels: { status }, value }))
}
