import type { CacheStore } from '@whiskeysockets/baileys'
import type { GatewayError } from '../errors.ts'
import type { NewEvent } from '../events/index.ts'
import type { Identity } from '../events/identity.ts'
import type { LastDisconnect, SessionStatus } from '../events/types/session-status.ts'
import type { Log } from '../log.ts'
import type { ConnectionListener } from './connection/connection.ts'
import type { Semaphore } from '../lib/semaphore.ts'
import type { GroupCache } from './group-cache.ts'
import type { CeremonyStep } from './passkey/ceremony.ts'
import type { PasskeyOptions } from './passkey/options.ts'
import type { Network } from './connection/network.ts'
import type { Versions } from './version/versions.ts'
import type { OpenState } from './open-state.ts'

export type State = {
	status: SessionStatus
	/** The account that the session is linked to. It changes with the status only. */
	me: Identity | null
	lastDisconnect: LastDisconnect | null
	qr?: { text: string; expiresAt: Date } | undefined
	/** The newest step of linking with a passkey, until the next attempt to link. */
	passkey?: CeremonyStep | undefined
}

export type LifecycleOptions = {
	/** The session's. */
	id: string
	initial: State
	openState: OpenState
	/** Whether frames may leave at this moment; undefined where nobody else can have the session. */
	mayLeave?: (() => boolean) | undefined
	/**
	 * Asked when WhatsApp says that the session was connected elsewhere: after how many milliseconds to try once more,
	 * because nobody else may have it; undefined to leave it.
	 */
	takeBack?: (() => Promise<number | undefined>) | undefined
	/** How it reaches WhatsApp now. */
	network(): Network
	/** Whether the account shows that it is online whenever it is connected. */
	staysOnline(): boolean
	/** How the phone lists the device; undefined as Baileys does. */
	browser(): [string, string, string] | undefined
	gate: Semaphore
	log: Log
	retries: CacheStore
	groups: GroupCache
	/** How long WhatsApp may take to answer a query, in milliseconds. */
	queryTimeoutMs?: number | undefined
	/** What is done without Baileys. */
	direct: { receive: boolean }
	passkeys: PasskeyOptions
	/** As which version of WhatsApp Web it connects. */
	versions: Versions
	/** Whether a webhook asks for the history of the phone. */
	wantsFullHistory(): boolean
	/** Whether it connects again by itself when the connection is lost. */
	reconnects(): boolean
	/** Records an event about the session itself. */
	record(event: NewEvent): void
	/** The account of the open connection. */
	account(): Identity | null
	/** Saves that the session is linked to no account any more. Waits until that is durable. */
	forgetAccount(): Promise<void>
	/** Called before a connection is opened. */
	connects(): void
	/** Called when the connection is open. */
	opened(): void
	/** Called when the storage has failed: sends that are under way end after the next connection only. */
	interrupted(error: GatewayError): void
	listener: Omit<
		ConnectionListener,
		'qr' | 'passkey' | 'accepted' | 'opened' | 'closed' | 'saveFailed'
	>
}
