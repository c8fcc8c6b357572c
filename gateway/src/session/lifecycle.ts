import { GatewayError, isGatewayError } from '../errors.ts'
import type { Identity } from '../events/identity.ts'
import { isUp, type LastDisconnect, type SessionStatus } from '../events/types/session-status.ts'
import { DamagedError } from '../storage/driver.ts'
import type { AuthState } from './signal/auth-state.ts'
import { whereLinkedOf, type WhereLinked } from './where-linked.ts'
import { retryDelay } from '../lib/backoff.ts'
import { createCondition } from '../lib/condition.ts'
import {
	closingOf,
	ELSEWHERE,
	otherWhatsApp,
	linkRefused,
	OUTDATED,
	STORAGE_FAILED,
	type Closing,
} from './connection/close-codes.ts'
import {
	openConnection,
	type Connection,
	type ConnectionListener,
} from './connection/connection.ts'
import type { CeremonyStep } from './passkey/ceremony.ts'
import { PasskeyFailure } from './passkey/failure.ts'
import type { Route } from './connection/trouble.ts'
import type { ClientVersion } from './version/client-version.ts'
import { tellRefusals } from './version/tell-refusals.ts'
import { createRecovery } from './recovery.ts'
import type { LifecycleOptions, State } from './lifecycle-options.ts'

// A connection that lasted for less is no success, or the retries of a flapping one would never slow down.
const STABLE_AFTER_MS = 60_000

export type Lifecycle = ReturnType<typeof createLifecycle>

/** Keeps one linked device connected: the state machine of its status. */
export function createLifecycle(options: LifecycleOptions) {
	const { log, record, versions } = options
	const way = () => options.network().tunnel
	const refusals = tellRefusals(record)
	const changes = createCondition()
	const state: State = { ...options.initial }
	let linked = () => false
	let whereLinked: WhereLinked | undefined
	let connection: Connection | undefined
	let starting: Promise<void> | undefined
	let settling: Promise<void> | undefined
	let timer: NodeJS.Timeout | undefined
	let attempt = 0
	/** Whether a timer starts the next attempt. */
	let retrying = false
	let failingSince = Date.now()
	let stopped = false
	const recovery = createRecovery(() => void connect().catch(() => {}))
	/** Whether the gateway is connecting it at its start: a session that was to be connected counts as one that was. */
	let resuming = false
	/** Whether the device was just linked, and has not been connected yet. */
	let isNewDevice = false
	// Aborts the attempt that is under way; the next attempt has a controller of its own.
	let calling = new AbortController()

	function become(status: SessionStatus, lastDisconnect = state.lastDisconnect) {
		const changed = status !== state.status
		Object.assign(state, { status, me: accountAt(status), lastDisconnect })
		if (status !== 'linking') state.qr = undefined
		if (status !== 'passkey' && state.passkey?.stage !== 'failed') state.passkey = undefined
		changes.happen()
		if (!changed) return
		log.info({ status, reason: lastDisconnect?.reason }, 'session status')
		const { me } = state
		record({ type: 'session.status', data: { status, me, last_disconnect: lastDisconnect } })
	}

	function accountAt(status: SessionStatus): Identity | null {
		if (status === 'logged_out') return null
		return status === 'open' ? options.account() : state.me
	}

	async function begin(off: AbortSignal) {
		const { auth, devices, messages, durable, addressing } = await options.openState
			.state()
			.catch(becomeCorrupt)
		linked = () => isLinked(auth)
		forgetUnfinishedPairing(auth)
		state.passkey = undefined
		whereLinked = whereLinkedOf(auth, options.network())
		if (!linked()) await whereLinked.note()
		if (off.aborted) return
		if (whereLinked.isOther()) return become('closed', disconnectOf(otherEnding()))
		become(linked() ? 'connecting' : 'linking')
		const version = await versions.ready(way, off)
		if (off.aborted) return
		refusals.connects(version)
		const leave = await options.gate.acquire(off)
		if (off.aborted) return leave()
		off.addEventListener('abort', leave, { once: true })
		try {
			const getMessage = async ({ id }: { id?: string | null }) =>
				(await messages.content(id ?? ''))?.message
			const { retries, groups, queryTimeoutMs, passkeys, staysOnline, wantsFullHistory } = options
			const addressForm = addressing.form()
			const { mayLeave } = options
			const own = { auth, addressForm, durable, mayLeave, devices, getMessage, retries, groups }
			const wanted = {
				...{ staysOnline, wantsHistory: wantsFullHistory, browser: options.browser() },
				direct: options.direct.receive,
			}
			options.connects()
			const network = options.network()
			connection = openConnection(
				{ ...own, ...wanted, network, version, queryTimeoutMs, passkeys },
				listenerFor({ off, leave, route: network.route, version }),
			)
		} catch (error) {
			leave()
			throw error
		}
	}

	function listenerFor({ off, leave, route, version }: Attempt): ConnectionListener {
		return {
			...options.listener,
			qr(text, lifetimeMs) {
				leave()
				showQr(text, lifetimeMs)
			},
			passkey: showPasskey,
			accepted: leave,
			opened() {
				leave()
				void whereLinked?.note().catch(failStop)
				versions.accepted(version)
				refusals.accepted()
				isNewDevice = false
				attemptSucceeds()
				options.opened()
			},
			closed(error) {
				leave()
				connection = undefined
				settling = settle(off, meaningOf(error, route), version).catch(failStop)
			},
			// An abandoned connection has a state of its own, which is already closed.
			saveFailed(error) {
				if (!off.aborted) failStop(error)
			},
		}
	}

	/** A connection that is lost in a passkey ceremony costs the ceremony: what it has agreed on was of that socket. */
	function meaningOf(error: unknown, route: Route) {
		const closed = unlessUnknownHere(closingOf(error, route))
		const closing = closed.unlinked && isNewDevice ? { ...closed, ...linkRefused } : closed
		isNewDevice ||= closed.then === 'restart' && state.me === null
		const isInCeremony = state.status === 'passkey' && !linked()
		const isLost = isInCeremony && closing.then !== 'stop'
		const ending = isLost ? closingOf(new PasskeyFailure('passkey_interrupted'), route) : closing
		if (isInCeremony || error instanceof PasskeyFailure) showPasskeyFailure(ending)
		return ending
	}

	/** A simulated WhatsApp knows no device of WhatsApp: that it refuses one unlinks nothing. */
	function unlessUnknownHere(closed: Ending): Ending {
		return closed.unlinked && linked() && whereLinked?.mayBeOther() ? otherEnding() : closed
	}

	const otherEnding = () => otherWhatsApp(options.id, options.network().isSimulated)

	function showPasskey(step: CeremonyStep) {
		state.passkey = step
		become('passkey')
		const { token: _, ...data } = step
		record({ type: 'session.passkey', data })
	}

	function showPasskeyFailure({ advice = '' }: Closing) {
		const nothing = { options: null, code: null, expires_at: null }
		const data = { stage: 'failed' as const, ...nothing, hint: advice }
		state.passkey = { ...data, token: null }
		record({ type: 'session.passkey', data })
	}

	function showQr(text: string, lifetimeMs: number) {
		const expiresAt = new Date(Date.now() + lifetimeMs)
		state.qr = { text, expiresAt }
		become('linking')
		record({ type: 'session.qr', data: { qr: text, expires_at: expiresAt.toISOString() } })
	}

	function attemptSucceeds() {
		recovery.succeeded()
		timer = setTimeout(isStable, STABLE_AFTER_MS).unref()
		become('open', null)
	}

	function isStable() {
		attempt = 0
		recovery.isStable()
	}

	async function settle(off: AbortSignal, closed: Ending, version: ClientVersion) {
		clearTimeout(timer)
		state.qr = undefined
		// The new socket logs in with the credentials of the pairing: they must be on the disk before.
		await (await options.openState.state()).auth.save()
		if (closed.unlinked) await unlink()
		else if (off.aborted) return
		const closing = await triedAgain(off, closed, version)
		if (off.aborted && !closed.unlinked) return
		if (closing.then === 'restart') return void connect().catch(failStop)
		const givesUp = closing.then === 'retry' && linked() && !options.reconnects()
		become(givesUp ? 'closed' : statusAfter(closing), disconnectOf(closing))
		if (closing.then === 'retry' && !givesUp) retryLater(closing)
	}

	/** What may end otherwise than by its code. */
	async function triedAgain(off: AbortSignal, closed: Ending, version: ClientVersion) {
		if (closed.reason === OUTDATED) return otherVersion(off, closed, version)
		if (closed.reason !== ELSEWHERE) return closed
		const notBefore = await options.takeBack?.()
		if (notBefore === undefined) return closed
		return { ...closed, then: 'retry' as const, status: 'connecting' as const, notBefore }
	}

	/** Looks for a version that WhatsApp takes: with another one the session connects again at once. */
	async function otherVersion(
		off: AbortSignal,
		closing: Ending,
		version: ClientVersion,
	): Promise<Ending> {
		become(linked() ? 'connecting' : 'linking')
		const { next, advice } = await versions.refused(version, way, off)
		if (off.aborted) return closing
		refusals.refused(version, next, advice)
		if (next) return { ...closing, then: 'restart', status: 'connecting' }
		return { ...closing, advice, notBefore: versions.retryMs }
	}

	/** In this order: after a crash, a state without an account must not belong to a session that has one. */
	async function unlink() {
		isNewDevice = false
		await options.forgetAccount()
		await options.openState.renew()
	}

	function statusAfter({ then, status }: Closing): SessionStatus {
		return then === 'retry' && status === 'connecting' && !linked() ? 'linking' : status
	}

	function retryLater({ notBefore = 0, reason, advice }: Closing) {
		if (attempt === 0) failingSince = Date.now()
		const wait = notBefore + retryDelay(attempt++, Date.now() - failingSince)
		const why = advice ?? reason
		log.warn({ why, waitMs: wait }, 'no connection to WhatsApp, trying again')
		retrying = true
		timer = setTimeout(() => void connect().catch(failStop), wait)
	}

	/** There is another version to connect as: a session whose last one was refused does not wait any longer. */
	function versionChanged() {
		if (state.status === 'outdated' && retrying) void connect().catch(failStop)
	}

	/** Waits for no further attempt. An attempt that is under way goes on. */
	function stopRetrying() {
		if (!retrying || !linked()) return
		clearTimeout(timer)
		retrying = false
		become('closed')
	}

	/** Starts to connect, unless a connection exists or is under way. Resolves when the attempt has begun. */
	function connect(): Promise<void> {
		if (stopped || starting || connection) return starting ?? Promise.resolve()
		clearTimeout(timer)
		recovery.stopWaiting()
		retrying = false
		starting = begin(calling.signal)
			.catch(stopAndThrow)
			.finally(() => {
				starting = undefined
				changes.happen()
			})
		return starting
	}

	/** Connects as it was before the gateway started. */
	async function resume(): Promise<void> {
		resuming = true
		await connect().finally(() => (resuming = false))
	}

	function endRound() {
		calling.abort()
		calling = new AbortController()
		clearTimeout(timer)
		retrying = false
	}

	/** Ends the connection, attempts and retries. The status stays as it is. */
	async function callOff() {
		endRound()
		recovery.callOff()
		const ending = connection
		connection = undefined
		// At once: nothing comes in on a connection of which nobody knows any more.
		const ended = ending?.end()
		await settling
		await starting?.catch(() => {})
		await ended
	}

	/**
	 * Ends the connection and forgets the state in memory, which may be ahead of the disk: going on would repeat ratchet
	 * steps and pre-key ids. A session that was connected tries again by itself, with what is durable.
	 */
	function failStop(error: unknown) {
		// Messages of the last moment were not saved, and so not acknowledged: WhatsApp sends them again.
		if (stopped || state.status === 'corrupt') return
		const text = 'session stopped: its state cannot be saved or read'
		log[recovery.isOn ? 'debug' : 'error']({ err: error }, text)
		const recovers = recovery.isOn || resuming || isUp(state.status)
		endRound()
		void connection?.end().catch(() => {})
		connection = undefined
		linked = () => false
		void options.openState.close()
		const failure = storageFailureOf(error)
		options.interrupted(failure)
		become('closed', disconnectOf({ ...storageTrouble, advice: failure.message }))
		if (recovers) recovery.failed()
	}

	function stopAndThrow(error: unknown): never {
		failStop(error)
		throw error
	}

	function becomeCorrupt(error: unknown): never {
		if (!(error instanceof DamagedError)) throw error
		become('corrupt')
		throw new GatewayError('session_corrupt', error.message, { cause: error })
	}

	return {
		state: state as Readonly<State>,
		get socket() {
			return connection?.socket
		},
		/** Linking with a passkey, if a connection is there. */
		get ceremony() {
			return connection?.ceremony
		},
		/** Whether the status is about to change: a connection is being made, or one has gone and what follows is not known yet. */
		get isChanging() {
			if (stopped) return false
			return state.status === 'connecting' || (state.status === 'open' && !connection)
		},
		/** Whether an attempt to connect is under way, and waits for no person; not while the next one is waited for. */
		get isAttempting() {
			const isConnecting = connection !== undefined && state.status === 'connecting'
			return !stopped && (starting !== undefined || isConnecting)
		},
		/** Whether no attempt begins any more. */
		get isStopped() {
			return stopped
		},
		/** How many attempts in a row have failed. */
		get failures() {
			return attempt
		},
		failStop,
		connect,
		resume,
		versionChanged,
		stopRetrying,
		callOff,
		/** Calls off for good: no attempt begins after it. */
		stop() {
			stopped = true
			changes.happen()
			return callOff()
		},
		become,
		until: changes.until,
	}
}

type Ending = Closing & { code: number }

/** An attempt to connect. */
type Attempt = { off: AbortSignal; leave: () => void; route: Route; version: ClientVersion }

const storageTrouble: Ending = {
	then: 'retry',
	status: 'closed',
	reason: STORAGE_FAILED,
	code: 507,
}

const storageFailureOf = (error: unknown): GatewayError =>
	isGatewayError(error, STORAGE_FAILED)
		? error
		: new GatewayError(STORAGE_FAILED, 'See what the log says of the state.', { cause: error })

function disconnectOf({ code, reason, advice }: Ending): LastDisconnect {
	return { code, reason, advice: advice ?? null, at: new Date().toISOString() }
}

function isLinked({ creds }: AuthState) {
	return creds.account !== undefined
}

// Asking for a pairing code already writes our number into the credentials; with that Baileys would log in
// as a device that does not exist, instead of registering.
function forgetUnfinishedPairing({ creds }: AuthState) {
	if (creds.account) return
	delete creds.me
	creds.pairingCode = undefined
}
