import { unreadyReasons } from '../doctor/check.ts'
import type { GatewayChecks } from '../doctor/in-gateway.ts'
import type { GatewayEvent } from '../events/index.ts'
import type { Delivery } from '../delivery/index.ts'
import type { Outcome } from '../delivery/attempt/post.ts'
import { createCounter, createHistogram, gauge, metricsText, type Metric } from '../lib/metrics.ts'
import { limitReasons, type LimitReason } from '../session/governor/index.ts'
import type { SendObserver } from '../session/send/send-observer.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Spread } from '../storage/membership.ts'
import type { LookUp, VersionObserver } from '../session/version/versions.ts'
import type { DataDirUse } from './data-dir.ts'
import { createProcessMetrics } from './process-metrics.ts'
import { sessionMetrics } from './session-metrics.ts'
import type { CommitObserver } from './timed-storage.ts'
import { VERSION } from '../lib/version.ts'

/** What is read when somebody asks. */
export type MetricSources = {
	sessions: Sessions
	delivery: Delivery
	checks: Pick<GatewayChecks, 'unready'>
	dataDir(): Promise<DataDirUse>
	/** Undefined if this is the only gateway. */
	spread?: (() => Promise<Spread>) | undefined
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
	const commitFailures = createCounter(
		`${PREFIX}commit_failures_total`,
		'Commits of a session that could not be made durable',
		[],
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

	const committed: CommitObserver = { done: commits.observe, failed: commitFailures.series() }

	const versions: VersionObserver = {
		refused: refusals.series(),
		lookedUp: (outcome) => lookedUp[outcome](),
	}

	return {
		/** What happens to the version of WhatsApp Web. */
		versions,
		/** How sends end. */
		sends,
		/** How commits end. */
		committed,
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
		async text({ sessions, delivery, checks, dataDir, spread }: MetricSources): Promise<string> {
			const [use, unready, cluster] = await Promise.all([
				ifKnown(dataDir),
				checks.unready(),
				spread && ifKnown(spread),
			])
			const { waiting, dead, down } = delivery.totals()
			return metricsText([
				gauge(`${PREFIX}build_info`, 'Version of the gateway and of Node', [
					{ labels: { version: VERSION, node: process.versions.node }, value: 1 },
				]),
				gauge(
					`${PREFIX}unready`,
					'1 for the reason why the gateway takes no requests, otherwise 0',
					unreadyReasons.map((reason) => ({
						labels: { reason },
						value: reason === unready ? 1 : 0,
					})),
				),
				...sessionMetrics(sessions, PREFIX),
				...clusterMetrics(cluster),
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
				gauge(`${PREFIX}webhooks_down`, 'Webhooks whose target does not answer', down),
				commits,
				commitFailures,
				...dataMetrics(use),
				...processMetrics.read(),
			])
		},
		stop: processMetrics.stop,
	}
}

/** What `unready` tells of costs no other metric. */
const ifKnown = <T>(ask: () => Promise<T>): Promise<T | undefined> => ask().catch(() => undefined)

/** Every gateway of a cluster says the same of it. */
function clusterMetrics(spread: Spread | undefined): Metric[] {
	if (!spread) return []
	const { nodes, sessions, free } = spread
	return [
		gauge(`${PREFIX}cluster_nodes`, 'Gateways of the cluster that take sessions', nodes),
		gauge(`${PREFIX}cluster_sessions`, 'Sessions of the whole cluster', sessions),
		gauge(`${PREFIX}cluster_sessions_free`, 'Sessions that no gateway of the cluster has', free),
	]
}

/** @param use undefined if DATA_DIR cannot be read: `unready` tells of that */
function dataMetrics(use: DataDirUse | undefined): Metric[] {
	if (!use) return []
	const byKind = Object.entries(use.used).map(([kind, value]) => ({ labels: { kind }, value }))
	return [
		gauge(`${PREFIX}data_bytes`, 'Size of the files in DATA_DIR by kind', byKind),
		gauge(`${PREFIX}data_free_bytes`, 'Free space where DATA_DIR is', use.free),
	]
}
