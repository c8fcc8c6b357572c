import { GatewayError } from '../errors.ts'
import type { Identity } from '../events/identity.ts'
import type { Log } from '../log.ts'
import { DamagedError, type Change, type Storage } from '../storage/driver.ts'
import { openSessionState, type SessionState } from './state/index.ts'
import type { EventExtras } from './state/event-log.ts'

export type OpenStateOptions = {
	/** The session's id. */
	id: string
	storage: Storage
	log: Log
	/** Whether an account is recorded for the session; its state must have that account then. */
	hasAccount(): boolean
	/** The account that the session is linked to. */
	me(): Identity | null
	/** What each event repeats of the session. */
	eventExtras(): EventExtras
	/** For how many days messages are kept. */
	keepDays?: number | undefined
	/** Called when a change could not be saved. */
	failed(error: unknown): void
	/** Called with the state each time it was opened, before anybody else gets it. */
	opened(state: SessionState): void
}

/** Opens the state of a session when it is first needed, and closes it. */
export function createOpenState({
	id,
	storage,
	log,
	hasAccount,
	me,
	eventExtras,
	keepDays,
	failed,
	opened,
}: OpenStateOptions) {
	let opening: Promise<SessionState> | undefined
	let current: SessionState | undefined
	let closing: Promise<void> = Promise.resolve()
	let ended = false
	let damage: DamagedError | undefined

	async function open(): Promise<SessionState> {
		// What is still being written must be on the disk before it is read.
		await closing
		if (damage) throw damage
		const state = await (hasAccount() ? openLinked() : openOwn())
		opened(state)
		return (current = state)
	}

	function openOwn(initial?: () => Change[]): Promise<SessionState> {
		let state: SessionState | undefined
		// A failure of a state that was closed meanwhile does not matter.
		const tell = (error: unknown) => void (state && state === current && failed(error))
		const opening = openSessionState(storage, id, {
			...(initial && { initial }),
			me,
			eventExtras,
			keepDays,
			failed: tell,
		})
		return opening.then((opened) => (state = opened))
	}

	/** A new identity would unlink the session without a word: a state without an account is damaged. */
	async function openLinked(): Promise<SessionState> {
		const refuse = () => {
			throw accountMissing(id)
		}
		const state = await openOwn(refuse)
		if (state.auth.creds.account) return state
		await state.close()
		return refuse()
	}

	/** Forgets what memory holds: the next opening reads the disk. Waits until everything is written. */
	function close(): Promise<void> {
		const closes = opening
			?.then((state) => state.close())
			.catch((err) => log.error({ err }, 'state not closed'))
		opening = current = undefined
		return (closing = closes ?? closing)
	}

	function state(): Promise<SessionState> {
		if (ended) return Promise.reject(sessionEnded(id))
		opening ??= open().catch((error) => {
			opening = undefined
			throw error
		})
		return opening
	}

	return {
		/** @throws DamagedError, GatewayError session_not_open once the session has ended */
		state,
		/** The state, if it is open. */
		current: () => current,
		close,
		/** Puts the identity, which WhatsApp has unlinked, aside. */
		async renew() {
			await (await state()).renew()
			await close()
		},
		/** Never opens it again, since something else of the session is damaged: the next to ask is told. */
		refuse(error: DamagedError): Promise<void> {
			damage = error
			return close()
		},
		/** Closes for good. */
		end() {
			ended = true
			return close()
		},
	}
}

export type OpenState = ReturnType<typeof createOpenState>

function accountMissing(id: string) {
	const advice =
		`The state of session ${id} is missing or has no account, although the session was linked. ` +
		'Restore it from a backup, or delete the session and link it anew.'
	return new DamagedError(advice)
}

export function sessionEnded(id: string) {
	const advice = `Session ${id} is being removed, or the gateway stops.`
	return new GatewayError('session_not_open', advice, { retryAfter: 1 })
}
