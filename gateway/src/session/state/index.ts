import type { CacheStore } from '@whiskeysockets/baileys'
import { DAY_MS } from '../../lib/units.ts'
import type { Identity } from '../../events/identity.ts'
import type { GatewayEvent, NewEvent } from '../../events/index.ts'
import type { Change, CommitOptions, StateStore, Storage } from '../../storage/driver.ts'
import {
	identityCollections,
	newIdentity,
	openAuthState,
	type AuthState,
} from '../signal/auth-state.ts'
import { nameOfSession } from '../session-records.ts'
import { beginRestoration, finishRestoration } from './restoration.ts'
import { trackCommits, type TrackedStore } from './track-commits.ts'
import { openCalls, type Calls } from './calls.ts'
import { openChatTimers, type ChatTimers } from './chat-timers.ts'
import { openAddressing, type Addressing } from './addressing.ts'
import { openAppStateVersions } from './app-state-versions.ts'
import { openChatStates, type ChatStates } from './chat-states.ts'
import { openLabels, type Labels } from './labels.ts'
import { openSharedSettings, type SharedSettings } from './shared-settings.ts'
import { openCoverPhoto, type CoverPhotoId } from './cover-photo.ts'
import { openContacts, type Contacts } from './contacts.ts'
import { openEventLog, type EventExtras, type EventLog } from './event-log.ts'
import { KEEP_DAYS } from './keep-days.ts'
import { openMessageStore, type MessageStore } from './messages.ts'
import { openUnresolvedLids, type UnresolvedLids } from './unresolved-lids.ts'
import {
	openIdempotencyKeys,
	type CreationRecord,
	type IdempotencyKeys,
	type IdempotencyRecord,
} from './idempotency-keys.ts'
import { openGovernorRecords, type GovernorRecords } from './governor.ts'
import { openCursors, type Cursors } from './cursors.ts'
import { openNames, type Names } from './names.ts'
import { openUndecryptable, type Undecryptable } from './undecryptable.ts'
import { openVotes, type Votes } from './votes.ts'

/** The durable state of a session. One commit can change any parts of it together. */
export type SessionState = {
	auth: AuthState
	messages: MessageStore
	/** The votes in polls. */
	votes: Votes
	contacts: Contacts
	/** How events call people and groups. */
	names: Names
	/** The calls that came in. */
	calls: Calls
	/** How the account addresses people. */
	addressing: Addressing
	/** The timers of disappearing messages. */
	timers: ChatTimers
	/** Archived, muted, pinned … */
	chatStates: ChatStates
	labels: Labels
	/** Its name, and other settings that the account's devices share. */
	sharedSettings: SharedSettings
	coverPhoto: CoverPhotoId
	/** What the limits of the account are. */
	governor: GovernorRecords
	/** How far it has read what the devices of the account share. */
	appStateVersions: Awaited<ReturnType<typeof openAppStateVersions>>
	unresolvedLids: UnresolvedLids
	undecryptable: Undecryptable
	events: EventLog
	idempotencyKeys: IdempotencyKeys<IdempotencyRecord>
	/** What was created with an idempotency key, other than messages. */
	created: IdempotencyKeys<CreationRecord>
	/** How far webhooks have got in the events. */
	cursors: Cursors
	/** Events that were recorded when it was opened, and are to be published. */
	announcements: readonly GatewayEvent[]
	/** The devices of contacts. Querying them again would cost a new Signal session with each. */
	devices: CacheStore
	commit(changes: readonly Change[], options?: CommitOptions): Promise<void>
	durable: TrackedStore['durable']
	/** Numbers an event and commits it with the changes that belong to it. Waits until it is durable. */
	record(event: NewEvent, along?: readonly Change[], options?: CommitOptions): Promise<GatewayEvent>
	/**
	 * Deletes old records.
	 * @param neededEvent the first event that a webhook has yet to get
	 */
	prune(neededEvent?: number): Promise<void>
	/** Puts the identity, which WhatsApp has unlinked, aside; a new one takes its place. Then close. */
	renew(): Promise<void>
	close(): Promise<void>
}

/** A gateway is not left off for longer. */
const LEAP_MS = 400 * DAY_MS

/** The name of a session's state in the storage. */
export const stateOf = (session: string) => `${nameOfSession(session)}/state`

export type OpenSessionStateOptions = {
	/** The changes that a new state starts with. @default a new identity */
	initial?: () => Change[]
	/** The account of the session, if one is linked. */
	me?: (() => Identity | null) | undefined
	/** What each event repeats of the session. */
	eventExtras?: (() => EventExtras) | undefined
	/** For how many days messages are kept. @default KEEP_DAYS */
	keepDays?: number | undefined
	/** Called when a commit could not be made durable. */
	failed?: (error: unknown) => void
}

/**
 * Opens the state of a session.
 * @throws DamagedError when it cannot be trusted, and what `initial` throws
 */
export async function openSessionState(
	storage: Storage,
	session: string,
	{ initial = newIdentity, failed = () => {}, ...options }: OpenSessionStateOptions = {},
): Promise<SessionState> {
	const store = trackCommits(await storage.state(stateOf(session), initial), failed)
	try {
		return await assemble(storage, store, session, options)
	} catch (error) {
		await store.close()
		throw error
	}
}

async function assemble(
	storage: Storage,
	store: TrackedStore,
	session: string,
	{
		me = () => null,
		eventExtras,
		keepDays = KEEP_DAYS,
	}: Pick<OpenSessionStateOptions, 'me' | 'eventExtras' | 'keepDays'>,
): Promise<SessionState> {
	const restored = await beginRestoration(store)
	const auth = await openAuthState(store)
	const contacts = await openContacts(store)
	const names = await openNames(store, contacts, me)
	const [messages, events, idempotencyKeys, created, unresolvedLids, undecryptable] =
		await Promise.all([
			openMessageStore(store, auth.otherName, keepDays),
			openEventLog(store, session, names, eventExtras),
			openIdempotencyKeys<IdempotencyRecord>(store, 'idempotency-key'),
			openIdempotencyKeys<CreationRecord>(store, 'created'),
			openUnresolvedLids(store),
			openUndecryptable(store),
		])
	const [votes, timers, chatStates, labels, coverPhoto, appStateVersions] = await Promise.all([
		openVotes(store, keepDays),
		openChatTimers(store),
		openChatStates(store),
		openLabels(store),
		openCoverPhoto(store),
		openAppStateVersions(store),
	])
	const [calls, sharedSettings, addressing, governor] = await Promise.all([
		openCalls(store),
		openSharedSettings(store),
		openAddressing(store),
		openGovernorRecords(store),
	])
	const state: SessionState = {
		auth,
		messages,
		votes,
		contacts,
		names,
		calls,
		addressing,
		timers,
		chatStates,
		labels,
		sharedSettings,
		coverPhoto,
		governor,
		appStateVersions,
		unresolvedLids,
		undecryptable,
		events,
		idempotencyKeys,
		created,
		cursors: openCursors(store),
		announcements: [],
		devices: await storedCache(store, 'devices'),
		commit: store.commit,
		durable: store.durable,
		async record(event, along = [], options) {
			const recorded = events.record(event)
			await store.commit([...along, ...recorded.changes], options)
			return recorded.event
		},
		async prune(neededEvent) {
			if (await hasClockLeapt(store)) return
			for (const part of [messages, votes, undecryptable, idempotencyKeys, created, auth.signal])
				await part.prune()
			await events.prune(Date.now(), neededEvent)
		},
		async renew() {
			await auth.retire()
			const old = await recordsOf(store, identityCollections)
			const aside = `${nameOfSession(session)}/unlinked-${new Date().toISOString().replaceAll(':', '-')}`
			await (await storage.state(aside, () => old)).close()
			const removed = old.map((change) => ({ ...change, value: null }))
			await store.commit([...removed, ...newIdentity()])
		},
		close: () => store.close(),
	}
	return restored ? { ...state, announcements: await finishRestoration(state, restored) } : state
}

/** A clock that has gone wrong by years would make everything seem old. If it is right, the next pruning deletes it. */
async function hasClockLeapt(store: StateStore): Promise<boolean> {
	const last = (await store.get('meta', ['pruned'])).get('pruned') as number | undefined
	await store.commit([{ collection: 'meta', id: 'pruned', value: Date.now() }])
	return last !== undefined && Date.now() - last > LEAP_MS
}

async function recordsOf(store: StateStore, collections: string[]): Promise<Change[]> {
	const lists = await Promise.all(collections.map((collection) => store.list(collection)))
	return collections.flatMap((collection, n) =>
		[...lists[n]!].map(([id, value]) => ({ collection, id, value })),
	)
}

/** A cache for Baileys that outlives the process. Values are plain JSON. */
async function storedCache(store: StateStore, collection: string): Promise<CacheStore> {
	const items = await store.list(collection)
	return {
		get: <T>(key: string) => items.get(key) as T | undefined,
		async set(key, value) {
			items.set(key, value)
			await store.commit([{ collection, id: key, value }])
		},
		async del(key) {
			if (items.delete(key)) await store.commit([{ collection, id: key, value: null }])
		},
		async flushAll() {
			const all = [...items.keys()].map((id) => ({ collection, id, value: null }))
			items.clear()
			if (all.length) await store.commit(all)
		},
	}
}
