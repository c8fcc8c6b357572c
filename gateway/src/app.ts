import { join } from 'node:path'
import { systemClock, type Clock } from './lib/clock.ts'
import { HOUR_MS, SECOND_MS } from './lib/units.ts'
import type { Hono } from 'hono'
import type { Config } from './config/settings.ts'
import type { WhatsAppServer } from './session/connection/network.ts'
import { openMediaLinks } from './session/media/signed-links.ts'
import { parseVersion } from './session/version/client-version.ts'
import type { VersionTimes } from './session/version/times.ts'
import { passkeyTimes, type PasskeyTimes } from './session/passkey/times.ts'
import { listedSession } from './session/listed-session.ts'
import { sessionRecord } from './session/session-record.ts'
import type { Session } from './session/session.ts'
import { openSessions, type Sessions } from './session/sessions.ts'
import { createGatewayChecks } from './doctor/in-gateway.ts'
import { createDelivery, type Delivery, type DeliveryOptions } from './delivery/index.ts'
import { createCluster } from './cluster/index.ts'
import { createSessionHost } from './cluster/session-host.ts'
import { createAllowedTargets } from './delivery/registry/allowed-targets.ts'
import { createWebhooks } from './delivery/registry/webhooks.ts'
import { openWorkspaceWebhooks } from './delivery/registry/workspace-webhooks.ts'
import type { GatewayEvent } from './events/index.ts'
import { createApp } from './http/app.ts'
import type { OwnerDirectory } from './http/forward/directory.ts'
import { createForwarding } from './http/forward/index.ts'
import { dialectsNamed } from './http/dialects/index.ts'
import { webhookFormats } from './http/webhook-formats.ts'
import { openKeys } from './http/api-keys/store.ts'
import { openLinks } from './http/links/store.ts'
import { openTickets } from './http/pages/tickets.ts'
import { createDraining } from './http/draining.ts'
import { whileBodyComes } from './http/middleware/slow-bodies.ts'
import { createHttpServer, createInternalServer } from './http/server.ts'
import { uploadOptions } from './http/uploads/index.ts'
import { silenceLibsignal, type Log } from './log.ts'
import { measureDataDir } from './monitoring/data-dir.ts'
import { createGatewayInfo } from './monitoring/gateway-info.ts'
import { createMetrics } from './monitoring/metrics.ts'
import { timedStorage } from './monitoring/timed-storage.ts'
import { createMediaPreparer, createMediaDownloader, type MediaDownloader } from './media/index.ts'
import type { Storage } from './storage/driver.ts'
import type { Membership } from './storage/membership.ts'

export type GatewayOptions = {
	config: Pick<
		Config,
		| 'ADMIN_KEY'
		| 'CONSOLE'
		| 'CONSOLE_HOSTS'
		| 'DATA_DIR'
		| 'DIALECTS'
		| 'DIRECT_RECEIVE'
		| 'DIRECT_SEND'
		| 'EVENT_BUDGET'
		| 'FETCH_ALLOW'
		| 'FFMPEG_PATH'
		| 'GOVERNOR'
		| 'HOST'
		| 'MAX_MEDIA_BYTES'
		| 'PAIRING_LINKS'
		| 'PASSKEYS'
		| 'MEDIA_DIR'
		| 'MEDIA_FETCH'
		| 'MEDIA_FETCH_MAX_BYTES'
		| 'MEDIA_KEEP_DAYS'
		| 'MESSAGE_KEEP_DAYS'
		| 'METRICS_WITHOUT_KEY'
		| 'PORT'
		| 'PUBLIC_URL'
		| 'RATE_LIMIT'
		| 'SANDBOX'
		| 'SEND_TIMEOUT'
		| 'STATE_URL'
		| 'TRUSTED_PROXIES'
		| 'WEBHOOK_ALLOW'
		| 'WHATSAPP_VERSION'
	>
	storage: Storage
	/** What is there of a database that several gateways share. */
	membership?: Membership | undefined
	/** Called when this process cannot be a node of a cluster any more. */
	onExpelled?: ((error: Error) => void) | undefined
	/** Lets it forward requests to other gateways of the cluster; they share the key. */
	forwarding?: { key: string; directory?: OwnerDirectory } | undefined
	whatsapp: WhatsAppServer
	log: Log
	/** The URL at which it listens, once it does; for links to files. */
	address?: () => string
	/** Called with every event, besides the webhooks. */
	onEvent?: (event: GatewayEvent) => void
	/** How long an undecryptable message is waited for, in milliseconds. Default: a minute. */
	patienceMs?: number | undefined
	/** How long WhatsApp may take to answer a query, in milliseconds. Default: 20 s. */
	queryTimeoutMs?: number | undefined
	/** How long the steps of linking with a passkey may take. Default: as WhatsApp's own client has it. */
	passkeyTimes?: Partial<PasskeyTimes> | undefined
	/** How long things about the version of WhatsApp Web take. */
	versionTimes?: Partial<VersionTimes> | undefined
	/** How long the body of a request may come too slowly, in milliseconds. Default: half a minute. */
	bodyWindowMs?: number | undefined
	/** The clock of the governor. */
	governorClock?: Clock | undefined
	/** The retry schedule of webhooks, and its clock. */
	delivery?: Pick<DeliveryOptions, 'schedule' | 'clock' | 'heartbeatMs'>
}

export type Gateway = Awaited<ReturnType<typeof createGateway>>

/** The dialects that a gateway serves. @throws GatewayError invalid_request */
export const servedDialects = ({ DIALECTS }: Pick<Config, 'DIALECTS'>) => dialectsNamed(DIALECTS)

/**
 * Puts the rooms together. Resolves when the state is open; no session connects before `start`.
 * @returns the gateway: `server()` is its HTTP server, `app()` the Hono application that it serves, `start()` connects
 * the sessions and resumes deliveries, `stop()` ends everything and closes the storage
 * @throws ConfigError for a setting that cannot be used, DamagedError for state that cannot be trusted
 * @example
 * const config = readConfig(process.env)
 * const storage = await jsonStorage(config.DATA_DIR, { onLost: (error) => { throw error } })
 * const gateway = await createGateway({ config, storage, whatsapp: {}, log: createLog('info') })
 * gateway.server().listen(config.PORT)
 * gateway.start()
 */
export async function createGateway({
	config,
	storage: files,
	membership,
	whatsapp,
	log,
	...options
}: GatewayOptions) {
	silenceLibsignal()
	const metrics = createMetrics()
	const storage = timedStorage(files, metrics.committed)
	const dialects = servedDialects(config)
	const targets = createAllowedTargets(config.WEBHOOK_ALLOW)
	const now = options.delivery?.clock?.now
	const webhooks = createWebhooks({ storage, targets, log, now })
	const workspaceWebhooks = await openWorkspaceWebhooks({
		storage,
		webhooks,
		sessions: () => sessions.list().map((session) => session.view()),
		isShared: membership !== undefined,
		log,
	})
	const keys = await openKeys(storage, config.ADMIN_KEY)
	const publicUrl = () => (config.PUBLIC_URL ?? options.address?.() ?? '').replace(/\/+$/, '')
	const links =
		config.PAIRING_LINKS === 'on'
			? await openLinks({ storage, sessions: () => sessions, now })
			: undefined
	const pages =
		config.CONSOLE === 'on'
			? { tickets: await openTickets(storage, keys, now), hosts: hostsOf(config), links }
			: undefined
	const delivery = createDelivery({
		...options.delivery,
		webhooks,
		targets,
		formats: webhookFormats,
		serverUrl: publicUrl,
		log,
		budget: config.EVENT_BUDGET,
		attempted: metrics.attempted,
		source: (session) => sessions.evenLeaving(session),
	})
	const { host, happened } = createSessionHost({
		...{ sessions: () => sessions, delivery, workspaceWebhooks, log },
		prune: (session) => void prune(session),
	})
	/** Every session of the cluster, as its record has it. */
	const listed = async () =>
		(await membership!.records(sessionRecord)).map(({ session, data }) =>
			listedSession(session, data),
		)
	const cluster =
		membership &&
		createCluster({
			...{ membership, host, log },
			records: async () => (await listed()).map((session) => session.view()),
			live: (id) => sessions.find(id)?.view(),
			failed: options.onExpelled ?? (() => {}),
		})
	const tempDir = join(config.DATA_DIR, 'tmp')
	const mediaPreparer = createMediaPreparer({
		tempDir,
		mediaDir: config.MEDIA_DIR,
		allow: config.FETCH_ALLOW,
		maxBytes: config.MAX_MEDIA_BYTES,
		ffmpegPath: config.FFMPEG_PATH,
		log,
	})
	const mediaDownloader = createMediaDownloader({
		tempDir,
		directory: join(config.DATA_DIR, 'media'),
		keepDays: config.MEDIA_KEEP_DAYS,
		aheadBytes: config.MEDIA_FETCH === 'on' ? config.MEDIA_FETCH_MAX_BYTES : 0,
		maxBytes: config.MAX_MEDIA_BYTES,
		ca: whatsapp.mediaCa,
		log,
	})
	const mediaLinks = await openMediaLinks({
		storage,
		publicUrl,
		days: config.MEDIA_KEEP_DAYS,
	})
	const uploads = uploadOptions(tempDir, config.MAX_MEDIA_BYTES)
	const sessions: Sessions = await openSessions({
		storage,
		whatsapp,
		mediaPreparer,
		mediaDownloader,
		mediaLinks,
		log,
		sendTimeoutMs: config.SEND_TIMEOUT * SECOND_MS,
		keepDays: config.MESSAGE_KEEP_DAYS,
		direct: { send: config.DIRECT_SEND === 'on', receive: config.DIRECT_RECEIVE === 'on' },
		sendObserver: metrics.sends,
		patienceMs: options.patienceMs,
		queryTimeoutMs: options.queryTimeoutMs,
		passkeys: {
			isOn: config.PASSKEYS === 'on',
			times: { ...passkeyTimes, ...options.passkeyTimes },
		},
		version: config.WHATSAPP_VERSION ? parseVersion(config.WHATSAPP_VERSION) : undefined,
		versionTimes: options.versionTimes,
		versionObserver: metrics.versions,
		governor: { mode: config.GOVERNOR, clock: options.governorClock ?? systemClock },
		optionalFeeds: webhooks.optionalFeeds,
		async made(session) {
			await delivery.open(session.id)
			await workspaceWebhooks.joined(session.view())
		},
		moved: (session) => workspaceWebhooks.joined(session.view()),
		async removing(id) {
			await delivery.close(id)
			await webhooks.removeAllOf(id)
			await links?.removeAllOf(id)
		},
		cluster: cluster?.ownership,
		publish(event) {
			happened(event)
			metrics.happened(event)
			delivery.publish(event)
			links?.onEvent(event)
			options.onEvent?.(event)
		},
	})
	await Promise.all(sessions.list().map(({ id, refuse }) => webhooks.open(id).catch(refuse)))
	const dataDir = measureDataDir(config.DATA_DIR)
	const checks = createGatewayChecks({
		config,
		sessions,
		webhooks,
		delivery,
		keys: keys.list,
		whatsapp,
		address: options.address ?? publicUrl,
		isServing: cluster?.directory.isServing,
	})
	const directory = options.forwarding?.directory ?? (cluster && { ...cluster.directory, listed })
	const forwarding =
		options.forwarding &&
		directory &&
		createForwarding({
			key: options.forwarding.key,
			directory,
			whileBodyComes: whileBodyComes(options.bodyWindowMs),
			sendTimeoutMs: config.SEND_TIMEOUT * SECOND_MS,
			tempDir,
			log,
		})
	const app = (sandbox?: Hono) =>
		createApp({
			sessions: forwarding?.sessions(sessions) ?? sessions,
			sessionsHere: sessions,
			webhooks,
			workspaceWebhooks,
			delivery,
			keys,
			checks,
			info: createGatewayInfo({ config, delivery, clientVersion: sessions.version, dataDir }),
			metrics: {
				text: () => metrics.text({ sessions, delivery, checks, dataDir, spread: cluster?.spread }),
				isOpen: config.METRICS_WITHOUT_KEY === 'on',
			},
			uploads,
			mediaLinks,
			dialects,
			pages,
			publicUrl,
			sendsPerMinute: config.RATE_LIMIT,
			takeBlock: membership?.takeBlock,
			bodyWindowMs: options.bodyWindowMs,
			trustedProxies: config.TRUSTED_PROXIES,
			log,
			sandbox,
		})
	function servers(sandbox?: Hono) {
		const { fetch } = app(sandbox)
		const { counted, drain, refuse } = createDraining()
		const server = createHttpServer({ fetch: counted(forwarding?.publicFetch(fetch) ?? fetch) })
		const internalServer =
			forwarding && createInternalServer({ fetch: counted(forwarding.internalFetch(fetch)) })
		return {
			server,
			internalServer,
			/** Stops listening, and answers the requests under way. @param mostMs how long that may take, in milliseconds */
			async close(mostMs: number) {
				server.close()
				internalServer?.close()
				await drain(mostMs)
				// A cut connection makes other gateways ask the next owner; an answer would end that.
				internalServer?.closeAllConnections()
				refuse()
			},
		}
	}
	let stopPruning = () => {}
	const prune = (session: Session) => pruneSession(session, delivery, log)
	return {
		sessions,
		/** In a cluster: where sessions are. */
		directory: cluster?.directory,
		webhooks,
		keys,
		/** The first admin key, once: at a start that has none. */
		firstKey: () => keys.createFirst(),
		app,
		/** In a cluster: what serves requests for its sessions, wherever they are. */
		forwarding,
		/** The HTTP server of the application, which does not listen yet. */
		server: (sandbox?: Hono) => servers(sandbox).server,
		/** That server and, in a cluster, the one for other gateways. */
		servers,
		start() {
			delivery.start()
			void workspaceWebhooks.start()
			sessions.start()
			cluster?.start()
			stopPruning = pruneRegularly(sessions, prune, mediaDownloader, log)
		},
		/** In a cluster: gives every session to other nodes. Requests are still taken. */
		handOver: async () => cluster?.handOver(),
		/** Ends every connection and gives the state back. */
		async stop() {
			stopPruning()
			metrics.stop()
			await forwarding?.close()
			await delivery.stop()
			await sessions.stop()
			await mediaPreparer.close()
			await mediaDownloader.close()
			await targets.close()
			await keys.close().catch((err) => log.error({ err }, 'last uses of keys not written'))
			await storage.close()
		},
	}
}

/** The host names by which browsers reach the pages. */
function hostsOf({ CONSOLE_HOSTS, PUBLIC_URL }: GatewayOptions['config']): string[] {
	return PUBLIC_URL ? [...CONSOLE_HOSTS, new URL(PUBLIC_URL).hostname] : CONSOLE_HOSTS
}

/** Deletes the expired records of a session. A failure is logged. */
async function pruneSession(session: Session, delivery: Delivery, log: Log): Promise<void> {
	try {
		await delivery.prune(session.id)
		await session.prune(await delivery.needed(session.id))
	} catch (err) {
		log.error({ err, session: session.id }, 'not pruned')
	}
}

/** Deletes expired records: now, and once an hour, so that a busy session stays within its limits. */
function pruneRegularly(
	sessions: Sessions,
	prune: (session: Session) => Promise<void>,
	mediaDownloader: MediaDownloader,
	log: Log,
) {
	const pruneAll = () => {
		for (const session of sessions.list()) void prune(session)
		mediaDownloader.prune().catch((err) => log.error({ err }, 'files not pruned'))
	}
	pruneAll()
	const timer = setInterval(pruneAll, HOUR_MS).unref()
	return () => clearInterval(timer)
}
