import type { Identity } from '../events/identity.ts'
import { createHmac } from 'node:crypto'
import type { GatewayEvent } from '../events/index.ts'
import { isUp } from '../events/types/session-status.ts'
import type { Clock } from '../lib/clock.ts'
import type { Log } from '../log.ts'
import type { MediaDownloader, MediaPreparer } from '../media/index.ts'
import { DamagedError, type Storage } from '../storage/driver.ts'
import { GatewayError } from '../errors.ts'
import { createAutoReject } from './actions/calls/auto-reject.ts'
import { createPrivacyTokens } from './actions/privacy/tokens.ts'
import { createPeople } from './actions/contacts/list.ts'
import { createAppStateReader } from './app-state/app-state-reader.ts'
import { createDirectory } from './actions/directory.ts'
import { createAutoRead } from './auto-read.ts'
import { browserOf } from './device-props.ts'
import { createOwnSettings } from './own-settings.ts'
import { mergedSettings, type SessionSettings } from './session-settings.ts'
import { createChatPictures } from './chat-pictures.ts'
import { createConnectOnDemand } from './connect-on-demand.ts'
import { connectionListener } from './connection-listener.ts'
import { createCacheStore } from './connection/cache-store.ts'
import type { Networks } from './connection/network.ts'
import type { Publish } from './effect.ts'
import { journalOf, newestDurable, type Journal } from './journal.ts'
import { createOnce } from './create-once.ts'
import { identityOf } from './identity.ts'
import { createGroupNames } from './group-names.ts'
import { createGovernor, type GovernorMode } from './governor/index.ts'
import { createHistory } from './history.ts'
import { createKeptMessages } from './kept-messages.ts'
import { createLifecycle } from './lifecycle.ts'
import { createLinking } from './linking.ts'
import { createMessageFiles } from './media/message-files.ts'
import { newSource, pictureFrom } from './media/picture.ts'
import { createPublicPictures } from './media/public-pictures.ts'
import type { MediaSource } from '../messages/media-source.ts'
import type { MediaLinks } from './media/signed-links.ts'
import { createMessageLookup } from './message-lookup.ts'
import { createCiphertexts } from './receive/ciphertexts.ts'
import { createReceiver } from './receive/receiver.ts'
import { whereThrown } from './receive/malformed.ts'
import { createOutbox } from './send/outbox.ts'
import type { SendObserver } from './send/send-observer.ts'
import { createSend } from './send/send.ts'
import { createMediaUploader } from './send/upload.ts'
import { createSessionContext } from './session-context.ts'
import type { SessionDeps } from './session-deps.ts'
import {
	viewOf,
	type RecordChange,
	type SessionRecord,
	type SessionView,
} from './session-record.ts'
import { createPasskeys } from './passkey/index.ts'
import type { PasskeyOptions } from './passkey/options.ts'
import { createPresences } from './presences.ts'
import { findEvent, searchEvents, type EventQuery } from './search-events.ts'
import type { Versions } from './version/versions.ts'
import { createStatuses } from './statuses.ts'
import { createStatusRecorder } from './status-recorder.ts'
import type { OptionalFeeds } from './subscriptions.ts'
import type { Semaphore } from '../lib/semaphore.ts'
import { actAtWhatsApp } from './ask/ask-whatsapp.ts'

/** The app state of an account is read when no session is being connected any more, or after so long. */
const SHARED_WAIT_MS = 30_000

export type SessionOptions = {
	/** Read afresh each time: saving replaces it. */
	record(): SessionRecord
	save(change: RecordChange): Promise<void>
	publish: Publish
	storage: Storage
	/** Tells that it belongs to another workspace now. */
	moved(): Promise<void>
	networks: Networks
	gate: Semaphore
	mediaPreparer: MediaPreparer
	mediaDownloader: MediaDownloader
	mediaLinks: MediaLinks
	log: Log
	sendTimeoutMs: number
	/** For how many days messages are kept. */
	keepDays?: number | undefined
	/** What is done without Baileys. */
	direct: { send: boolean; receive: boolean }
	/** Told how sends end. */
	sendObserver?: SendObserver | undefined
	/** The feeds that a webhook of this session asks for. */
	optionalFeeds(session: string): OptionalFeeds
	/** How long an undecryptable message is waited for, in milliseconds. Default: a minute. */
	patienceMs?: number | undefined
	/** How long WhatsApp may take to answer a query, in milliseconds. Default: 20 s. */
	queryTimeoutMs?: number | undefined
	passkeys: PasskeyOptions
	versions: Versions
	/** How careful numbers are with new people, unless a session says otherwise. */
	governor: { mode: GovernorMode; clock: Clock }
	/** Whether another session is connected as the account with this number. */
	isLive(phone: string): Promise<boolean>
	/** In a cluster: whether frames may leave at this moment. */
	mayLeave?: (() => boolean) | undefined
	/** In a cluster: see `LifecycleOptions.takeBack`. */
	takeBack?: (() => Promise<number | undefined>) | undefined
}

/** One linked device. */
export type Session = ReturnType<typeof createSession>

/** Puts the parts of a session together. */
export function createSession({ record, save, publish, storage, ...options }: SessionOptions) {
	const { secret, last_disconnect: lastDisconnect } = record()
	const publishHere = (event: GatewayEvent) => {
		publish(event)
		pictures.onEvent(event)
	}
	const context = createSessionContext({
		record,
		storage,
		log: options.log,
		keepDays: options.keepDays,
		publish: publishHere,
		mediaUrl: (messageId) => options.mediaLinks.urlOf(record().id, messageId),
		lifecycle: () => lifecycle,
		takeChecks: (count) => governor.takeChecks(count),
		opened(state) {
			for (const event of state.announcements) publishHere(event)
			governor.opened(state)
			state.auth.onPhone(receiver.phoneLearnt)
			state.auth.onNewAccount(receiver.accountChanged)
			receiver.opened(state)
		},
	})
	const { id, state, openState, connected } = context
	const recorder = createStatusRecorder({ ...context, record, save })
	const { message, timeline, raw } = createMessageLookup(context)
	const network = () => options.networks.through(record().proxy)
	const settings = () => mergedSettings(record().settings)
	const optionalFeeds = () => feedsOf(options.optionalFeeds(id), settings())
	const mediaUploader = createMediaUploader(options.mediaPreparer, network)
	const files = createMessageFiles({ ...options, ...context, network, message, mediaUploader })
	const { sendObserver } = options
	const governor = createGovernor({
		...context,
		...options.governor,
		settings,
		secret,
		createdAt: () => Date.parse(record().created_at),
		refused: sendObserver?.limited,
	})
	const outbox = createOutbox({
		...context,
		...{ sendObserver, governor, settings, optionalFeeds },
		direct: options.direct.send,
	})
	const presences = createPresences(context)
	const groupNames = createGroupNames(context)
	const pictures = createChatPictures(context)
	const autoReject = createAutoReject({
		...context,
		settings,
		say: (to, text) => send({ type: 'text', input: { to, text } }),
	})
	const autoRead = createAutoRead({ ...context, settings })
	const receiver = createReceiver({
		...context,
		settings,
		optionalFeeds,
		arrived: outbox.arrived,
		malformed: (error) =>
			context.log.error({ at: whereThrown(error) }, 'what WhatsApp has sent cannot be read'),
		publish(event) {
			publishHere(event)
			void files.fetchAhead(event)
			presences.onEvent(event)
			groupNames.onEvent(event)
			void autoReject(event)
			autoRead.take(event)
		},
		patienceMs: options.patienceMs,
	})
	const ciphertexts = createCiphertexts(() => lifecycle.socket?.user, receiver.interpret)
	const { send, dryRun, interrupt, finish } = createSend({
		...context,
		mediaPreparer: options.mediaPreparer,
		mediaUploader,
		secret,
		timeoutMs: options.sendTimeoutMs,
		outbox,
		governor,
		sendObserver,
		changesOfSent: receiver.changesOfSent,
	})
	const appState = createAppStateReader({
		...context,
		network,
		receive: receiver.shared,
	})
	const lifecycle = createLifecycle({
		...options,
		...context,
		initial: { status: statusAtStart(record()), me: record().me, lastDisconnect },
		retries: createCacheStore(),
		network,
		staysOnline: () => settings().presence === 'available',
		browser: () => browserOf(record().device),
		wantsFullHistory: () => optionalFeeds().history,
		reconnects: () => settings().reconnect,
		record: recorder.record,
		account: context.me,
		forgetAccount: () => save({ me: null }),
		connects: ciphertexts.reset,
		opened() {
			void outbox.resume().catch(context.failed)
			options.gate.whenIdle(appState.read, SHARED_WAIT_MS)
			void presences.resume()
			autoRead.resume()
		},
		interrupted(error) {
			interrupt(error)
			outbox.release()
		},
		listener: connectionListener(context, { ciphertexts, receiver, outbox, appState }),
	})
	const demand = createConnectOnDemand({ record, save, lifecycle })
	const linking = createLinking({
		...context,
		...demand,
		lifecycle,
		browser: () => browserOf(record().device),
		isLive: options.isLive,
		record: recorder.record,
	})

	return {
		id,
		view(): SessionView {
			const { status, me: known, lastDisconnect } = lifecycle.state
			// The name may have been changed since.
			const me = status === 'open' ? context.me() : known
			return { ...viewOf(record()), me, status, last_disconnect: lastDisconnect }
		},
		...linking,
		passkeys: createPasskeys({
			step: () => lifecycle.state.passkey,
			ceremony: () => lifecycle.ceremony,
		}),
		...demand,
		...createOwnSettings({ ...options, ...context, record, save, settings, demand, lifecycle }),
		send,
		dryRun,
		/** How many messages have no outcome, and since when the oldest waits; undefined while the state is not open. */
		unsent: () => context.current()?.messages.waiting(),
		/** What the number may do now. */
		limits: { ask: governor.ask, view: governor.view },
		createOnce: createOnce({ secret, state }),
		/** A text of 256 bits that follows from the session's secret and its use: the same each time, and kept nowhere. */
		derived: (use: string) => createHmac('sha256', secret).update(use).digest('hex'),
		/** Runs an action that WhatsApp answers at once and of which nothing is kept. */
		async withSocket<T>(act: (deps: SessionDeps) => Promise<T>): Promise<T> {
			const deps = await connected()
			return actAtWhatsApp(() => act(deps))
		},
		/** Makes the picture of a profile, group or channel: a square JPEG. @throws GatewayError, naming the field */
		pictureFrom: (source: MediaSource, field: string) =>
			pictureFrom(options.mediaPreparer, source, field),
		/** How events name a person or chat. @param jid in any form */
		async identity(jid: string): Promise<Identity> {
			await state()
			return identityOf(jid, context.otherName)
		},
		/** Brings a file into a form that WhatsApp shows, without sending it. @throws GatewayError, naming the field */
		convert: (source: MediaSource, role: 'voice' | 'video' | 'm4a', field: string) =>
			options.mediaPreparer.prepare(newSource(source, field), role, field),
		pictures,
		publicPictures: createPublicPictures({ ...context, mediaUploader }),
		message,
		timeline,
		raw,
		files,
		directory: createDirectory(context),
		kept: createKeptMessages(context),
		history: createHistory({ ...context, received: receiver.idle }),
		statuses: createStatuses({ ...context, send }),
		people: createPeople(context),
		privacyTokens: createPrivacyTokens(context),
		presences,
		/** The calls that came in, newest first. */
		calls: async () => (await state()).calls.list(),
		/** Lists durable events. */
		searchEvents: async (query: EventQuery) => searchEvents(await state(), query),
		/** An event by its number. @throws GatewayError event_not_found */
		event: async (seq: number) => findEvent(await state(), seq),
		/** The durable events after an event's number, in order. */
		async events(after: number, limit: number): Promise<GatewayEvent[]> {
			const ready = await state()
			return ready.events.after(after, limit, await newestDurable(ready))
		},
		/** The events and how far webhooks have got, for their delivery. */
		journal: async (): Promise<Journal> => journalOf(await state(), files.small),
		/** Records and publishes an event about the session itself. */
		record: recorder.record,
		/** The gateway knows another version of WhatsApp Web. */
		versionChanged: lifecycle.versionChanged,
		/** Deletes expired records, but no event from `neededEvent` on. */
		prune: async (neededEvent?: number) => (await state()).prune(neededEvent),
		/** Makes the session corrupt: something of it besides its state is damaged. @throws what is not a DamagedError */
		async refuse(error: unknown) {
			if (!(error instanceof DamagedError)) throw error
			options.log.error({ err: error }, 'session not usable')
			await openState.refuse(error)
			lifecycle.become('corrupt')
		},
		/** Waits until no attempt to connect is under way; at most for that time. */
		attempted: (mostMs: number) => lifecycle.until(() => !lifecycle.isAttempting, mostMs),
		/** Answers every send that is under way with an error. */
		abandon(error: GatewayError) {
			interrupt(error)
			outbox.abandon(error)
		},
		/** Waits for the sends that are on their way, at most for that time. Those that are kept are sent by the next owner. */
		async finishSends(mostMs: number) {
			const error = changesHands(id)
			await finish(error, mostMs)
			interrupt(error)
			outbox.release()
		},
		/** Ends the connection for good; what is durable stays. */
		async stop() {
			governor.stop()
			await lifecycle.stop()
			await Promise.all([recorder.idle(), receiver.close()])
			await openState.end()
		},
	}
}

function changesHands(id: string) {
	const advice = `Session ${id} is moving to another node. Nothing was sent: try again.`
	return new GatewayError('session_not_open', advice, { retryAfter: 1 })
}

/** The feeds of webhooks, as far as the session's settings let them. */
const feedsOf = (feeds: OptionalFeeds, settings: SessionSettings): OptionalFeeds => ({
	...feeds,
	history: feeds.history && !settings.skip_history_sync,
})

/** A connection does not outlive its process. */
function statusAtStart({ status, me }: SessionRecord) {
	return isUp(status) ? (me ? 'closed' : 'created') : status
}
