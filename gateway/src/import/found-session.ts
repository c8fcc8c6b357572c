import type { Keys, NewKey } from '../http/api-keys/store.ts'
import type { Services } from '../http/dialects/dialect.ts'
import type { StoredDevice } from '../session/import-baileys/stored-device.ts'
import type { SessionMetadata } from '../session/session-settings.ts'
import type { Session } from '../session/session.ts'

/** What an import needs of the gateway. */
export type ImportTarget = Pick<Services, 'sessions' | 'webhooks'> & { keys: Keys }

/** A session that another system keeps. */
export type FoundSession = {
	/** As the other system calls it. */
	name: string
	/** The account that it is linked to, as a jid. */
	account: string | undefined
	/** Where its login was found. */
	login: string
	/** What comes along besides the login. */
	carries: string[]
	/** What does not come along. */
	leaves: string[]
	/** What the operator should know before it is taken. */
	warnings: string[]
} & ({ refusal: string } | { refusal?: undefined; content: FoundContent })

/** What is taken over of a session. */
export type FoundContent = {
	device: StoredDevice
	metadata?: SessionMetadata | undefined
	/** The URL of its proxy. */
	proxy?: string | undefined
	/** Whether it connects when the gateway starts. */
	connects: boolean
	keys: FoundKey[]
	/** What the clients of the other system read again. */
	data: Record<string, unknown>
	/** The URLs of its webhooks. */
	webhooks: string[]
	/**
	 * Does what is left to do, once the session is there. May be called again after it was interrupted.
	 * @param withWebhooks whether its webhooks come along
	 */
	finish?:
		((target: ImportTarget, session: Session, withWebhooks: boolean) => Promise<void>) | undefined
}

/** A key of the other system; the text itself is kept as a hash only. */
export type FoundKey = Required<Pick<NewKey, 'name' | 'role' | 'key'>> &
	Pick<NewKey, 'actions' | 'active'>

/** Another system whose sessions can be taken over. */
export type ImportSource = {
	/** What it is, for people. */
	title: string
	/** The dialect under whose name its data is kept. */
	dialect: string
	/** Keys that are for all sessions. */
	keys: FoundKey[]
	/** What is nowhere in what can be read, a sentence each. */
	notes: string[]
	/** What was looked for and where, said when nothing was found. */
	lookedFor: string
	sessions(): Promise<FoundSession[]>
	/** What shows that the system may still use its sessions, a sentence each. */
	signsOfLife(sessions: readonly FoundSession[]): Promise<string[]>
	close(): Promise<void>
}
