import {
	proto,
	type BaileysEventMap,
	type BinaryNode,
	type WAMessage,
} from '@whiskeysockets/baileys'
import type { GatewayEvent, Happening } from '../../events/index.ts'
import type { Identity } from '../../events/identity.ts'
import type { Change, CommitOptions } from '../../storage/driver.ts'
import type { Asked } from '../subscriptions.ts'
import { hearings } from './notifications/index.ts'
import { stepsOf } from './delivery-status.ts'
import { rawOf } from './raw-message.ts'
import { effectsOf, readMessage } from './messages/index.ts'
import { originOf, type Receiver } from './describe-message.ts'
import type { SessionState } from '../state/index.ts'

/** How long a sender has to send again what could not be read. */
const PATIENCE_MS = 60_000

/** Baileys' word for a message that came without content (NO_MESSAGE_FOUND_ERROR_TEXT). */
const ABSENT = 'Message absent from node'

export type ReceptionOptions = {
	state(): Promise<SessionState>
	/** The state, if it is open. */
	current(): SessionState | undefined
	me(): Identity | null
	otherName(user: string, kind: 'phone' | 'lid'): string | undefined
	mediaUrl(messageId: string): string
	asked(): Asked
	/** Told of every event, once it is durable. */
	publish(event: GatewayEvent): void
	/** Something could not be read or kept. */
	failed(error: unknown): void
	patienceMs?: number | undefined
}

/** What is understood of a message. Call it in the tick of the commit: that gives the event its number. */
export type Commitment = () => { changes: Change[]; committed(): void }

/** Makes events of whatever WhatsApp tells, each kept together with what it changes. */
export function createReception(options: ReceptionOptions) {
	const { state, current, asked, publish, failed, patienceMs = PATIENCE_MS } = options
	let line: Promise<unknown> = Promise.resolve()
	let timer: NodeJS.Timeout | undefined

	/** One after the other: what is read must not be overtaken by what is written. */
	function inLine(act: (ready: SessionState) => Promise<void> | void): void {
		line = line.then(async () => act(await state())).catch(failed)
	}

	/** Keeps what happened with what it changes, and tells of it. */
	function note(
		{ record }: SessionState,
		happening: Happening,
		changes: Change[] = [],
		options?: CommitOptions,
	) {
		record(happening, changes, options).then(publish, failed)
	}

	function receiverOf({ messages, votes, nameless, commit }: SessionState): Receiver {
		return { ...options, messages, votes, otherName }

		function otherName(user: string, kind: 'phone' | 'lid') {
			const known = options.otherName(user, kind)
			const changes = known || kind === 'phone' ? [] : nameless.shown(user)
			if (changes.length) commit(changes).catch(failed)
			return known
		}
	}

	/** What a message means; undefined if nothing follows from it. */
	async function understand(message: WAMessage): Promise<Commitment | undefined> {
		const ready = current()
		if (!ready) return undefined
		const receiver = receiverOf(ready)
		const read = await readMessage(message, receiver)
		if (!read) return undefined
		const happening: Happening | undefined =
			read.happening && asked().raw ? { ...read.happening, raw: rawOf(message) } : read.happening
		return () => {
			const changes = [...read.changes, ...ready.unreadable.healed(message)]
			if (!happening) return { changes, committed() {} }
			const recorded = ready.events.record(happening)
			const committed = () => publish(recorded.event)
			return { changes: [...changes, ...recorded.changes], committed }
		}
	}

	/** Baileys tells of messages a second time: what came unencrypted, or by another way, is new. */
	async function keep(message: WAMessage) {
		const ready = current()
		if (!ready) return
		if (isAbsent(message)) return unreadable(message, undefined)
		const commitment = await understand(message)
		if (!commitment) return
		const { changes, committed } = commitment()
		ready.commit(changes).then(committed, failed)
	}

	function unreadable(message: WAMessage, error: unknown) {
		inLine((ready) => {
			const { remoteJid, participant, id } = message.key
			if (!id || !remoteJid) return
			if (ready.messages.wasSeen(remoteJid, participant ?? '', id)) return
			const data = {
				message_id: id,
				...originOf(message, receiverOf(ready)),
				reason: error === undefined ? ('absent' as const) : ('not_decrypted' as const),
				detail: error === undefined ? null : String((error as Error)?.message ?? error),
			}
			const changes = ready.unreadable.failed(message, data)
			if (changes.length) ready.commit(changes).catch(failed)
			waitForOthers(ready)
		})
	}

	function waitForOthers({ unreadable }: SessionState) {
		clearTimeout(timer)
		const oldest = unreadable.oldest()
		if (oldest === undefined) return
		timer = setTimeout(giveUp, Math.max(0, oldest + patienceMs - Date.now())).unref()
	}

	function giveUp() {
		inLine((ready) => {
			for (const { happening, changes } of ready.unreadable.givenUp(Date.now() - patienceMs))
				note(ready, happening, changes)
			waitForOthers(ready)
		})
	}

	return {
		understand,
		unreadable,
		/** Messages, as Baileys tells of them. */
		messages: (messages: WAMessage[]) =>
			messages.forEach((message) => void keep(message).catch(failed)),
		/** What Baileys tells of besides messages. */
		told<Name extends keyof BaileysEventMap>(name: Name, told: BaileysEventMap[Name]) {
			inLine((ready) => {
				const hearer = { ...receiverOf(ready), contacts: ready.contacts, asked }
				const heard = hearings.filter((hearing) => hearing.name === name)
				for (const { happening, changes = [] } of heard.flatMap(({ hear }) => hear(told, hearer)))
					if (happening) note(ready, happening, changes)
					else if (changes.length) ready.commit(changes).catch(failed)
			})
		},
		/** A receipt's stanza. */
		receipt: (stanza: BinaryNode) =>
			inLine(async (ready) => {
				// WhatsApp is told that the receipt was taken in after that: a little later does no harm.
				for (const { happening, changes } of await stepsOf(stanza, receiverOf(ready)))
					note(ready, happening, changes, { canWait: true })
			}),
		/** The phone number of a LID became known. */
		learnt: (lid: string, phone: string) =>
			inLine((ready) => {
				const changes = ready.nameless.learnt(lid)
				if (!changes) return
				const id = `${phone}@s.whatsapp.net`
				const contact = { id, phone, lid: `${lid}@lid`, name: null }
				note(ready, { type: 'contact.identity', data: { contact } }, changes)
			}),
		/** What a message that we send changes of others. */
		effects: async (to: string, id: string, message: proto.IMessage): Promise<Change[]> => {
			const key = { remoteJid: to, fromMe: true, id }
			return effectsOf({ key, message } as WAMessage, receiverOf(await state()))
		},
		/** The state was opened: what was waited for before is waited for again. */
		opened: waitForOthers,
		/** Waits until all that was told so far is read, and for nothing more. */
		async close() {
			clearTimeout(timer)
			await line
		},
	}
}

export type Reception = ReturnType<typeof createReception>

function isAbsent({ messageStubType, messageStubParameters, category }: WAMessage): boolean {
	const { CIPHERTEXT } = proto.WebMessageInfo.StubType
	const isStub = messageStubType === CIPHERTEXT && category !== 'peer'
	return isStub && messageStubParameters?.[0] === ABSENT
}
