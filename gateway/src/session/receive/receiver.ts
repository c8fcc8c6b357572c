import { proto, type BinaryNode, type WAMessage } from '@whiskeysockets/baileys'
import { createMutex } from '../../lib/keyed-mutex.ts'
import type { NewEvent } from '../../events/index.ts'
import type { Identity } from '../../events/identity.ts'
import type { Change, CommitOptions } from '../../storage/driver.ts'
import type { NotificationMap } from '../connection/connection.ts'
import type { Effect, PendingCommit, Publish } from '../effect.ts'
import type { FetchedChanges } from '../app-state/fetch-changes.ts'
import type { OptionalFeeds } from '../subscriptions.ts'
import { sharedEffects } from './app-state/index.ts'
import { notifications } from './notifications/index.ts'
import { receiptEffects, type ReceiptDeps } from './delivery-status.ts'
import { rawOf } from './raw-message.ts'
import { canonicalMessage } from './canonical-message.ts'
import { keysOf } from './message-keys.ts'
import { changesOfSent, interpretMessage, interpretSealed } from './messages/index.ts'
import type { Withheld } from './withheld.ts'
import { originOf, type ReceiveDeps } from './describe-message.ts'
import { isIgnored } from './ignored.ts'
import { keysChanged } from './keys-changed.ts'
import type { SessionSettings } from '../session-settings.ts'
import { isMalformed } from './malformed.ts'
import type { AccountChange } from '../signal/auth-state.ts'
import type { SessionState } from '../state/index.ts'

/** How long a sender has to send an undecryptable message again before it is reported. */
const UNDECRYPTABLE_WAIT_MS = 60_000

export type ReceiverOptions = {
	/** Opens the state if it is not open. */
	state(): Promise<SessionState>
	/** The state, if it is open. */
	current(): SessionState | undefined
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	mediaUrl(messageId: string): string
	optionalFeeds(): OptionalFeeds
	settings(): SessionSettings
	publish: Publish
	arrived: ReceiptDeps['arrived']
	/** Called when something could not be kept, or the state not be read. */
	failed(error: unknown): void
	/** Called when WhatsApp has sent something that cannot be read, and that is left out. */
	malformed(error: unknown): void
	/** How long an undecryptable message is waited for, in milliseconds. */
	patienceMs?: number | undefined
}

/** Turns what WhatsApp sends into events, each kept in one commit with the changes that belong to it. */
export function createReceiver(options: ReceiverOptions) {
	const { state, current, optionalFeeds, publish, arrived, failed, malformed } = options
	const { patienceMs = UNDECRYPTABLE_WAIT_MS } = options
	const inTurn = createMutex()
	let timer: NodeJS.Timeout | undefined

	/** One after the other: a read must not overtake the write before it. */
	function enqueue(act: (ready: SessionState) => Promise<void> | void): Promise<void> {
		const done = inTurn(async () => act(await state())).catch(leftOut)
		done.catch(() => {})
		return done
	}

	/** @throws what comes of the state */
	function leftOut(error: unknown) {
		if (isMalformed(error)) return malformed(error)
		failed(error)
		throw error
	}

	/** Commits an effect, and publishes its event once it is durable. */
	function keep(ready: SessionState, effect: Effect, commit?: CommitOptions) {
		const { changes = [] } = effect
		const event = wanted(effect.event)
		if (event) ready.record(event, changes, commit).then(publish, failed)
		else if (changes.length) ready.commit(changes, commit).catch(failed)
	}

	const wanted = (event: NewEvent | undefined): NewEvent | undefined =>
		event && isIgnored(event, options.settings().ignore) ? undefined : event

	function depsOf(ready: SessionState): ReceiveDeps {
		const { messages, votes, timers, undecryptable, unresolvedLids, commit } = ready
		return { ...options, messages, votes, timers, undecryptable, otherName }

		function otherName(user: string, kind: 'phone' | 'lid') {
			const known = options.otherName(user, kind)
			const changes = known || kind === 'phone' ? [] : unresolvedLids.shown(user)
			if (changes.length) commit(changes).catch(failed)
			return known
		}
	}

	const withRaw = (event: NewEvent | undefined, message: WAMessage): NewEvent | undefined =>
		event && optionalFeeds().raw ? { ...event, raw: rawOf(message) } : event

	/**
	 * Reads a message. @returns undefined if it has no effect; otherwise a function to be called in the tick of the
	 * commit: the event gets its number then, and numbers and commits must have one order
	 */
	async function interpret(message: WAMessage): Promise<(() => PendingCommit) | undefined> {
		const ready = current()
		// Its ratchet step must not be kept without it: WhatsApp sends the message again.
		if (!ready) throw new Error('the state was closed meanwhile')
		const effect = await interpretMessage(canonicalMessage(message), depsOf(ready))
		if (!effect) return undefined
		const event = wanted(withRaw(effect.event, message))
		const sealed = ready.undecryptable.sealedWith(message.key.id!)
		return () => {
			const recorded = event && ready.events.record(event)
			const onDurable = () => {
				if (recorded) publish(recorded.event)
				sealed.forEach(readAgain)
			}
			return { changes: [...(effect.changes ?? []), ...(recorded?.changes ?? [])], onDurable }
		}
	}

	/** The message has come whose secret this one is encrypted with. */
	function readAgain(message: WAMessage) {
		enqueue(async (ready) => {
			const effect = await interpretSealed(message, depsOf(ready))
			if (effect) keep(ready, { ...effect, event: withRaw(effect.event, message) })
		})
	}

	/** Baileys emits each message a second time: only one that came unencrypted, or by another way, is new. */
	async function keepEmitted(message: WAMessage) {
		const ready = current()
		if (!ready) return
		if (isStub(message)) return notDecrypted(message, message.messageStubParameters?.[0])
		const pending = await interpret(message).catch((error) => {
			if (!isMalformed(error)) throw error
			notDecrypted(message, error)
		})
		const effect = pending?.()
		if (effect) ready.commit(effect.changes).then(effect.onDurable, failed)
	}

	function notDecrypted(message: WAMessage, error: unknown) {
		const detail = error === undefined ? null : String((error as Error)?.message ?? error)
		void withheld(message, { reason: 'not_decrypted', detail, isFinal: false })
	}

	/** A message came that cannot be read. Waits until what follows is on its way to the disk. */
	function withheld(came: WAMessage, { isFinal, ...why }: Withheld): Promise<void> {
		return enqueue(async (ready) => {
			const message = canonicalMessage(came)
			const deps = depsOf(ready)
			const { id, remoteJid } = message.key
			if (!id || !remoteJid) return
			const keys = keysOf(message, deps)
			if (await ready.messages.wasSeen(keys)) return
			const data = { message_id: id, ...originOf(message, deps), ...why }
			const { undecryptable } = ready
			keep(
				ready,
				(isFinal
					? undecryptable.final(keys, data)
					: { changes: undecryptable.failed(keys, data) }) ?? {},
			)
			scheduleReports(ready)
		})
	}

	/** Reports undecryptable messages when the oldest one has been waited for long enough. */
	function scheduleReports(ready: SessionState) {
		clearTimeout(timer)
		const oldest = ready.undecryptable.oldest()
		if (oldest === undefined) return
		timer = setTimeout(reportDue, Math.max(0, oldest + patienceMs - Date.now())).unref()
	}

	function reportDue() {
		enqueue((ready) => {
			for (const effect of ready.undecryptable.givenUp(Date.now() - patienceMs)) keep(ready, effect)
			scheduleReports(ready)
		})
	}

	return {
		interpret,
		notDecrypted,
		withheld,
		/** A message waits for its turn: a store that is far away begins to read the records for it. */
		ahead(came: WAMessage, hashes: string[]): void {
			const ready = current()
			if (!ready?.messages.ahead) return
			ready.auth.signal.ahead?.(...hashes)
			ready.messages.ahead(keysOf(canonicalMessage(came), options))
		},
		/** Takes messages as Baileys emits them. */
		messages: (messages: WAMessage[]) =>
			messages.forEach((message) => void keepEmitted(message).catch(failed)),
		/** Takes one of Baileys' events besides messages, or a stanza that Baileys ignores. */
		notification<Name extends keyof NotificationMap>(name: Name, data: NotificationMap[Name]) {
			enqueue(async (ready) => {
				const deps = {
					...depsOf(ready),
					contacts: ready.contacts,
					names: ready.names,
					calls: ready.calls,
					optionalFeeds,
					keysChanged: (jid: string) => keysChanged(ready.auth.signal, jid, options.otherName),
				}
				const readers = notifications.filter((reader) => reader.name === name)
				for (const { read } of readers)
					for (const effect of await read(data, deps)) keep(ready, effect)
			})
		},
		/**
		 * Takes what the devices of the account share, read up to a version. What is read the first time was so before: it
		 * is kept and not told. Resolves when it is taken.
		 */
		shared: ({ name, version, changes }: FetchedChanges) =>
			inTurn(async () => {
				const ready = await state()
				const deps = { state: ready, me: options.me, otherName: depsOf(ready).otherName }
				const isFirst = ready.appStateVersions.of(name) === undefined
				const silent: Change[] = []
				for (const change of changes)
					for (const effect of await sharedEffects(change, deps))
						if (isFirst) silent.push(...(effect.changes ?? []))
						else keep(ready, effect)
				keep(ready, { changes: [...silent, ...ready.appStateVersions.set(name, version)] })
			}),
		/** Takes a receipt's stanza. Resolves when its effects are committed, though perhaps not durable. */
		receipt: (stanza: BinaryNode) =>
			enqueue(async (ready) => {
				// Only the acknowledgement of the receipt waits for this commit: it may share a write.
				for (const effect of await receiptEffects(stanza, { ...depsOf(ready), arrived }))
					keep(ready, effect, { canWait: true })
			}),
		/** The phone number of a LID became known. */
		phoneLearnt: (lid: string, phone: string) =>
			enqueue((ready) => {
				const changes = ready.unresolvedLids.learnt(lid)
				if (!changes) return
				const id = `${phone}@s.whatsapp.net`
				const contact = { id, phone, lid: `${lid}@lid`, name: null }
				keep(ready, { event: { type: 'contact.identity', data: { contact } }, changes })
			}),
		/** A phone number belongs to a new account. */
		accountChanged: ({ phone, lid, former }: AccountChange) =>
			enqueue((ready) => {
				const { addressing } = ready
				const changes = [...addressing.gone(`${former}@lid`), ...addressing.inUse(`${lid}@lid`)]
				const id = `${phone}@s.whatsapp.net`
				const contact = { id, phone, lid: `${lid}@lid`, name: null }
				const data = { contact, former_lid: `${former}@lid` }
				keep(ready, { event: { type: 'contact.identity', data }, changes })
			}),
		/** The changes that a message of ours makes to other kept messages. */
		changesOfSent: async (to: string, id: string, message: proto.IMessage): Promise<Change[]> => {
			const key = { remoteJid: to, fromMe: true, id }
			return [...(await changesOfSent({ key, message } as WAMessage, depsOf(await state())))]
		},
		/** The state was opened: undecryptable messages of an earlier run are waited for again. */
		opened: scheduleReports,
		/** Resolves when everything taken so far is read and kept. */
		idle: () => inTurn(async () => {}),
		/** Waits until everything taken so far is read and committed, and takes no timer's work any more. */
		async close() {
			clearTimeout(timer)
			await inTurn(() => undefined)
		},
	}
}

export type Receiver = ReturnType<typeof createReceiver>

/** Baileys' stand-in for a message that it could not decrypt. */
const isStub = ({ messageStubType, category }: WAMessage): boolean =>
	messageStubType === proto.WebMessageInfo.StubType.CIPHERTEXT && category !== 'peer'
