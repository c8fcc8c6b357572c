import { GatewayError } from '../errors.ts'
import { ulid } from '../lib/ulid.ts'
import type { GatewayEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import type { MediaPreparer, MediaDownloader } from '../media/index.ts'
import type { Change, Storage } from '../storage/driver.ts'
import type { OptionalFeeds } from './subscriptions.ts'
import { createKeyedMutex } from '../lib/keyed-mutex.ts'
import { createSemaphore } from '../lib/semaphore.ts'
import type { MediaLinks } from './media/signed-links.ts'
import { checkProxy } from './check-proxy.ts'
import { createNetworks, type WhatsAppServer } from './connection/network.ts'
import type { PasskeyOptions } from './passkey/options.ts'
import {
	newSessionRecord,
	type NewSession,
	type RecordChange,
	type SessionView,
} from './session-record.ts'
import { createSessionRecords, nameOfSession, sessionExists } from './session-records.ts'
import type { SendObserver } from './send/send-observer.ts'
import { createSession, type Session, type SessionOptions } from './session.ts'
import { stateOf } from './state/index.ts'
import type { ClientVersion } from './version/client-version.ts'
import { versionTimes, type VersionTimes } from './version/times.ts'
import { openVersions, type VersionObserver } from './version/versions.ts'

// After an outage all sessions come back together; more at once would look like an attack.
const HANDSHAKES_AT_ONCE = 4

export type SessionsOptions = {
	storage: Storage
	whatsapp: WhatsAppServer
	mediaPreparer: MediaPreparer
	mediaDownloader: MediaDownloader
	mediaLinks: MediaLinks
	log: Log
	sendTimeoutMs: number
	/** For how many days messages are kept. */
	keepDays?: number | undefined
	direct: SessionOptions['direct']
	/** Told how sends end. */
	sendObserver?: SendObserver | undefined
	/** How long an undecryptable message is waited for, in milliseconds. Default: a minute. */
	patienceMs?: number | undefined
	/** How long WhatsApp may take to answer a query, in milliseconds. Default: 20 s. */
	queryTimeoutMs?: number | undefined
	passkeys: PasskeyOptions
	/** The version of WhatsApp Web that the operator wants; the newest one if not given. */
	version?: ClientVersion | undefined
	versionTimes?: Partial<VersionTimes> | undefined
	versionObserver?: VersionObserver | undefined
	/** How careful numbers are with new people, unless a session says otherwise. */
	governor: SessionOptions['governor']
	/** Called when a session was created, before it connects. */
	made?: ((session: Session) => Promise<void>) | undefined
	/** Called when a session belongs to another workspace now. */
	moved?: ((session: Session) => Promise<void>) | undefined
	/** Called before the state of a session that has ended is deleted. */
	removing?: ((id: string) => Promise<void>) | undefined
	/** The feeds that a webhook of a session asks for. */
	optionalFeeds(session: string): OptionalFeeds
	/** In a cluster, where sessions are opened one by one. */
	cluster?: SessionCluster | undefined
	/** Called with every durable event, in the order of its session's numbers. */
	publish(event: GatewayEvent): void
}

/** What sessions must know of a cluster, in which each of them belongs to one node. */
export type SessionCluster = {
	/** Makes a session known as one of this node. @returns false if there is one of that id */
	create(id: string): Promise<boolean>
	/** A session of that id is here now, and complete. */
	made(id: string): void
	/** Nothing is left of a session. */
	removed(id: string): Promise<void>
	/** The sessions of all nodes. */
	views(): Promise<SessionView[]>
	/** Whether frames of a session may leave at this moment. */
	mayLeave(id: string): boolean
	/** See `LifecycleOptions.takeBack`. */
	takeBack(id: string): Promise<number | undefined>
}

/** The sessions that are here: of a gateway that is alone, all. */
export type Sessions = Awaited<ReturnType<typeof openSessions>>

export async function openSessions(options: SessionsOptions) {
	const { storage, whatsapp, log, publish, made, moved, removing, cluster, ...rest } = options
	const versions = await openVersions({
		...{ storage, log, wsUrl: whatsapp.wsUrl },
		setting: options.version,
		times: { ...versionTimes, ...options.versionTimes },
		observer: options.versionObserver,
	})
	const records = createSessionRecords(storage)
	if (!cluster) await records.openAll()
	const networks = createNetworks(whatsapp)
	const gate = createSemaphore(HANDSHAKES_AT_ONCE)
	const sessions = new Map<string, Session>()
	/** Creations of an id: who is told that it exists finds it, and who waits for one that fails comes next. */
	const inTurn = createKeyedMutex()
	/** Those that are being removed: no request finds them any more. */
	const removals = new Map<string, Promise<void>>()
	for (const id of records.ids()) sessions.set(id, open(id))
	versions.onChange(() => {
		for (const session of sessions.values()) session.versionChanged()
	})
	for (const session of sessions.values()) {
		const damage = records.damageOf(session.id)
		if (damage) await session.refuse(damage)
	}

	function open(id: string): Session {
		const child = log.child({ session: id })
		const record = () => records.get(id)
		const save = (change: RecordChange) => records.save(id, change)
		const own = { record, save, moved: async () => moved?.(get(id)) }
		const others = async () => (await cluster?.views()) ?? list().map((session) => session.view())
		const isLive = async (phone: string) =>
			(await others()).some((other) => other.id !== id && isLiveAs(other, phone))
		const shared = { isLive, publish, storage, networks, gate, versions, ...leaseOf(id) }
		return createSession({ ...rest, ...own, ...shared, log: child })
	}

	function leaseOf(id: string) {
		return cluster && { mayLeave: () => cluster.mayLeave(id), takeBack: () => cluster.takeBack(id) }
	}

	const find = (id: string): Session | undefined =>
		removals.has(id) ? undefined : sessions.get(id)

	function get(id: string): Session {
		const session = find(id)
		if (session) return session
		const advice = `Session ${id} does not exist. GET /api/v1/sessions lists the sessions, POST /api/v1/sessions creates one.`
		throw new GatewayError('session_not_found', advice)
	}

	const list = () => [...sessions.values()]

	// Record and state go last, together: until then no other session of that id can be created.
	async function removeAll(session: Session) {
		const { id } = session
		session.abandon(removedMeanwhile(id))
		await session.logout().catch(() => {})
		await removing?.(id)
		await session.stop()
		await rest.mediaDownloader.forget(id)
		await records.remove(id)
		sessions.delete(id)
		await cluster?.removed(id)
	}

	/** @throws GatewayError session_exists, also if another node has it */
	async function createRecord(wanted: NewSession): Promise<void> {
		if (cluster && !(await cluster.create(wanted.id))) throw sessionExists(wanted.id)
		try {
			await records.create(newSessionRecord(wanted))
		} catch (error) {
			await cluster?.removed(wanted.id)
			throw error
		}
	}

	async function createOne(wanted: NewSession, prepare?: (session: Session) => Promise<unknown>) {
		const { id } = wanted
		await createRecord(wanted)
		const session = open(id)
		sessions.set(id, session)
		try {
			await made?.(session)
			await prepare?.(session)
			cluster?.made(id)
		} catch (error) {
			await removeAll(session)
			throw error
		}
		if (wanted.wanted ?? true)
			session.connect().catch((err) => log.error({ err, session: id }, 'session not started'))
		return session
	}

	async function adoptOne(wanted: NewSession, changes: Change[]): Promise<Session> {
		const { id } = wanted
		if (sessions.has(id)) throw sessionExists(id)
		// What an import that was interrupted has left: the device may have been used elsewhere since.
		await storage.remove(nameOfSession(id))
		const state = await storage.state(stateOf(id), () => changes)
		await state.close()
		await records.create(newSessionRecord(wanted))
		const session = open(id)
		sessions.set(id, session)
		await made?.(session)
		return session
	}

	return {
		get,
		/** Sees whether a proxy connects to WhatsApp. @throws GatewayError invalid_request, proxy_failed */
		checkProxy: (url: string, options: { field: string; trusted: boolean }) =>
			checkProxy(url, networks.server, options),
		/** As which version of WhatsApp Web the sessions connect. */
		version: versions.info,
		find,
		/** One that may be on its way out, for what goes on until it is gone. @throws GatewayError session_not_found */
		evenLeaving: (id: string): Session => sessions.get(id) ?? get(id),
		list,
		/**
		 * Creates a session and starts to link it. Waits until it is saved.
		 * @param prepare runs before it connects
		 * @throws GatewayError session_exists
		 */
		create(
			{ id = ulid().toLowerCase(), ...wanted }: Partial<NewSession> = {},
			prepare?: (session: Session) => Promise<unknown>,
		): Promise<Session> {
			return inTurn(id, () => createOne({ id, ...wanted }, prepare))
		},
		/**
		 * Creates a session of a device that is already linked, without connecting it. Waits until it is saved.
		 * @throws GatewayError session_exists
		 */
		adopt(id: string, changes: Change[], wanted: Omit<NewSession, 'id'> = {}): Promise<Session> {
			return inTurn(id, () => adoptOne({ id, ...wanted }, changes))
		},
		/** Unlinks a session if it is connected, and deletes its state and files. @throws GatewayError session_not_found */
		async remove(id: string): Promise<void> {
			const underWay = removals.get(id)
			if (underWay) return underWay
			const session = get(id)
			// Nothing else finds it from here on.
			const { promise, resolve } = Promise.withResolvers<void>()
			removals.set(id, promise)
			resolve(removeAll(session))
			return promise.finally(() => removals.delete(id))
		},
		/** Opens a session that belongs to this node of a cluster now. */
		async attach(id: string): Promise<Session> {
			await records.openOne(id)
			const session = open(id)
			const damage = records.damageOf(id)
			if (damage) await session.refuse(damage)
			sessions.set(id, session)
			return session
		},
		/** Closes a session that another node is to have, or has: first its connection, last its state. */
		async detach(id: string): Promise<void> {
			const session = sessions.get(id)
			try {
				await session?.stop()
			} finally {
				sessions.delete(id)
				records.close(id)
			}
		},
		/** Connects every session that was connected before. */
		start() {
			for (const session of list()) {
				session
					.resume()
					.catch((err) => log.error({ err, session: session.id }, 'session not started'))
			}
		},
		/** Ends every connection, and saves all state. A failure is logged and does not stop the others. */
		async stop() {
			const troubled = (err: unknown) => log.error({ err }, 'session not stopped cleanly')
			await Promise.all(list().map((session) => session.stop().catch(troubled)))
			await versions.close()
			await records.flush().catch(troubled)
		},
	}
}

/** Whether a session is connected as the account with this number, or is just connecting. */
function isLiveAs({ status, me }: SessionView, phone: string): boolean {
	return me?.phone === phone && (status === 'open' || status === 'connecting')
}

function removedMeanwhile(id: string): GatewayError {
	const advice = `Session ${id} was removed meanwhile. What had left before may have arrived.`
	return new GatewayError('session_not_found', advice)
}
