import type { WASocket } from '@whiskeysockets/baileys'
import type { Identity } from '../events/identity.ts'
import type { NewEvent } from '../events/index.ts'
import type { Log } from '../log.ts'
import type { Change, Storage } from '../storage/driver.ts'
import type { Publish } from './effect.ts'
import { createGroupCache, type GroupCache } from './group-cache.ts'
import { identityOf } from './identity.ts'
import type { Lifecycle } from './lifecycle.ts'
import { socketOnceOpen } from './open-socket.ts'
import { createOpenState, type OpenState } from './open-state.ts'
import type { SessionDeps } from './session-deps.ts'
import { eventExtrasOf, type SessionRecord } from './session-record.ts'
import type { SessionState } from './state/index.ts'
import type { NamedGroup } from './state/names.ts'

/** State and dependencies that the parts of a session share. */
export type SessionContext = {
	/** The session's id. */
	id: string
	log: Log
	openState: OpenState
	/** Opens the state if it is not open. @throws GatewayError session_not_open once the session has ended */
	state(): Promise<SessionState>
	/** The state, if it is open. */
	current(): SessionState | undefined
	/** The socket, if it is open. */
	socket(): WASocket | undefined
	/** Waits up to 10 s for a connection that is being made. @throws GatewayError session_not_open */
	socketOnceOpen(): Promise<WASocket>
	/** The dependencies of an action; waits as `socketOnceOpen`, or less. @throws GatewayError session_not_open */
	connected(mostMs?: number): Promise<SessionDeps>
	groups: GroupCache
	/** The signed link to the file of a message. */
	mediaUrl(messageId: string): string
	/** The account that the session is linked to. */
	me(): Identity | null
	isLinked(): boolean
	/** The LID of a phone number, or the phone number of a LID, without server; undefined if it is not known. */
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	/** Call it with each event once that is durable. */
	publish: Publish
	/** Call it when something could not be read or kept: the session stops. */
	failed(error: unknown): void
}

export type SessionContextOptions = {
	record(): SessionRecord
	storage: Storage
	log: Log
	publish: Publish
	/** The signed link to the file of a message. */
	mediaUrl(messageId: string): string
	/** For how many days messages are kept. */
	keepDays?: number | undefined
	/** Counts numbers before WhatsApp is asked about them. @throws GatewayError governor_limited */
	takeChecks(count: number): void
	/** The lifecycle, which is made after the context. */
	lifecycle(): Lifecycle
	/** Called with the state each time it was opened. */
	opened(state: SessionState): void
}

export function createSessionContext(options: SessionContextOptions): SessionContext {
	const { record, storage, log, publish, mediaUrl, takeChecks, lifecycle, opened } = options
	const { id } = record()
	const hasAccount = () => record().me !== null
	const failed = (error: unknown) => lifecycle().failStop(error)
	const eventExtras = () => eventExtrasOf(record())
	const openState = createOpenState({
		...{ id, storage, log, opened, hasAccount, me, eventExtras, failed },
		keepDays: options.keepDays,
	})
	const { state, current } = openState
	const groups = createGroupCache(
		() => lifecycle().socket,
		(known) => keepNames(known),
	)
	const isLinked = () => lifecycle().state.me !== null
	const otherName: SessionContext['otherName'] = (user, kind) =>
		current()?.auth.otherName(user, kind)
	const whenOpen = (mostMs?: number) => socketOnceOpen(id, lifecycle(), isLinked, mostMs)

	function me(): Identity | null {
		// `socket.user` is as it was when the socket was made: the name may be another one since.
		const user = lifecycle().socket?.authState.creds.me
		const known = lifecycle().state.me
		return user ? identityOf(user.id, otherName, { alt: user.lid, name: user.name }) : known
	}

	/** The answer may come after the state was closed, which it must not open again. */
	function keepNames(known: readonly NamedGroup[]) {
		const ready = current()
		const changes = ready?.names.learn(known) ?? []
		if (changes.length) ready!.commit(changes).catch(failed)
	}

	async function tell(event: NewEvent, along?: readonly Change[]) {
		publish(await (await state()).record(event, along))
	}

	return {
		id,
		log,
		openState,
		state,
		current,
		socket: () => (lifecycle().state.status === 'open' ? lifecycle().socket : undefined),
		socketOnceOpen: () => whenOpen(),
		async connected(mostMs) {
			const socket = await whenOpen(mostMs)
			const opened = await state()
			const { messages } = opened
			const known = { messages, groups, otherName, mediaUrl, state: opened, me }
			return { socket, ...known, takeChecks, tell }
		},
		groups,
		mediaUrl,
		me,
		isLinked,
		otherName,
		publish,
		failed,
	}
}
