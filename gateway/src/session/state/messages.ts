import { hash } from 'node:crypto'
import { proto } from '@whiskeysockets/baileys'
import type { Identity } from '../../events/identity.ts'
import type { Change, StateStore } from '../../storage/driver.ts'
import { createLru } from '../../lib/lru.ts'
import { unwrap } from '../../messages/wrappers.ts'
import { jidsOf } from '../identity.ts'
import { openChats, type ExchangedMessage } from './chats.ts'
import { questionDays } from './keep-days.ts'
import { dailyCollections } from '../daily-collections.ts'

/** The delivery stages of a message; each includes those before it, except `failed`. */
export const stages = ['accepted', 'sent', 'delivered', 'read', 'played', 'failed'] as const
export type Stage = (typeof stages)[number]

export type MessageRecord = {
	message_id: string
	to: string
	type: string
	from_me: boolean
	stage: Stage
	/** When each stage was reached, ISO 8601. */
	times: Partial<Record<Stage, string>>
	/** When it was last edited, and when it was deleted for everyone, ISO 8601. */
	edited_at?: string | undefined
	deleted_at?: string | undefined
	/** When it was deleted on this account's devices alone. */
	deleted_for_me_at?: string | undefined
}

/** The delivery stages of a group message or status for one recipient. */
export type Reader = { by: Identity; times: Progress }

type Stored = Omit<MessageRecord, 'stage' | 'times'> & {
	/** The message as it was encrypted, base64; for retry requests, quotes and sending again. */
	content: string
	/** The jid of the author, for quotes. */
	sender?: string | undefined
	/** The jids that see it, if it is a status; for sending again. */
	audience?: string[] | undefined
	/** The jid under which it leaves, if that is another one than `to`; for sending again. */
	address?: string | undefined
	/** The code with which WhatsApp has refused it once. */
	refused?: string | undefined
	/** Unix time in seconds. */
	at?: number | undefined
}

/** A message that is kept, with its content. */
export type KeptMessage = MessageRecord &
	Pick<Stored, 'sender' | 'at'> & { content: proto.IMessage }
type Content = { message: proto.IMessage } & Pick<
	Stored,
	'sender' | 'audience' | 'address' | 'refused'
>

/** How a message is to be sent once more. */
export type KeptSecondTry = Required<Pick<Stored, 'address' | 'refused'>> &
	Pick<Stored, 'audience'> & { content: proto.IMessage }
type Progress = Partial<Record<Stage, string>>

/** The server gives up redelivering after about as long. */
const SEEN_DAYS = 14

export type NewMessage = Omit<Stored, 'content'> & { content: proto.IMessage }

/**
 * The messages of a session, sent and received. A call that changes something returns the changes, to be committed
 * together with what they belong to.
 */
export async function openMessageStore(
	state: StateStore,
	otherName: (user: string, kind: 'phone' | 'lid') => string | undefined,
	keepDays: number,
) {
	const messages = await dailyCollections<Stored>(state, 'message', keepDays)
	const questions = await dailyCollections<Stored>(state, 'question', questionDays(keepDays))
	const readers = await dailyCollections<Record<string, Reader>>(state, 'reader', keepDays)
	const progress = await dailyCollections<Progress>(state, 'progress', keepDays)
	const chats = await openChats(state, otherName, keepDays)
	const deletions = await dailyCollections<1>(state, 'deleted-message', SEEN_DAYS)
	const sights = await dailyCollections<1>(state, 'seen-message', SEEN_DAYS)
	// Those whose mark is not committed yet are among them.
	const seen = createLru<string, true>(RECENTLY_SEEN)
	const unsent = openedUnsent(await state.list('unsent'))
	// The stages of recent messages: receipts follow each other fast, and a read must not overtake a write.
	const recent = createLru<string, Progress>(RECENT)
	// The chats of recent messages: every receipt needs that, and nothing else of the message.
	const destinations = createLru<string, string>(RECENT)

	/** @param at when it was accepted, Unix time in seconds; null once it has an outcome */
	const marker = (id: string, at: number | null): Change => ({
		collection: 'unsent',
		id,
		value: at,
	})

	async function progressOf(id: string): Promise<Progress> {
		const known = recent.get(id)
		return known ?? Object.assign({}, ...(await progress.find(id)))
	}

	async function stored(id: string): Promise<Stored | undefined> {
		return (await messages.find(id)).at(-1) ?? (await questions.find(id)).at(-1)
	}

	function put(message: Stored): Change {
		const shelf = QUESTIONS.includes(message.type) ? questions : messages
		return shelf.put(message.message_id, message)
	}

	/** Those of these messages that are kept. */
	async function idsOf(ids: string[]): Promise<Set<string>> {
		const found = [...(await messages.find(...ids)), ...(await questions.find(...ids))]
		return new Set(found.map(({ message_id }) => message_id))
	}

	async function marked(id: string, mark: Partial<Stored>): Promise<Change[]> {
		const known = await stored(id)
		return known ? [put({ ...known, ...mark })] : []
	}

	// One record would be as long as the group is big, and rewritten at every receipt.
	const bucketOf = (id: string, name: string) => `${id} ${name.split('@')[0]!.at(-1)}`

	/** Where the stages for a recipient are kept: under the jid that its first receipt named. */
	async function readerIn(id: string, jids: string[]) {
		const places = await Promise.all(
			jids.map(async (name) => {
				const bucket = bucketOf(id, name)
				return { bucket, name, known: (await readers.find(bucket)).at(-1) ?? {} }
			}),
		)
		return places.find(({ name, known }) => known[name]) ?? places[0]!
	}

	return {
		/** A message that is about to be sent: it stays in the outbox until `reached` says sent or failed. */
		accept(message: NewMessage): Change[] {
			const id = message.message_id
			const at = nowInSeconds()
			unsent.set(id, at)
			const times = { accepted: new Date().toISOString() }
			recent.set(id, times)
			destinations.set(id, message.to)
			const kept = [put(encoded({ ...message, at })), progress.put(id, times), marker(id, at)]
			return [...kept, ...chats.note(exchanged(message, at))]
		},
		/** Keeps a received message. @param at Unix time in seconds */
		keep: (message: NewMessage, at = nowInSeconds()): Change[] => [
			put(encoded({ ...message, at })),
			...chats.note(exchanged(message, at)),
		],
		/** Keeps messages from before, of one chat, the newest first. @param at of each, Unix time in seconds */
		async keepHistory(told: readonly { message: NewMessage; at: number }[]): Promise<Change[]> {
			const known = await idsOf(told.map(({ message }) => message.message_id))
			return told.flatMap(({ message, at }) => [
				put(encoded({ ...message, at })),
				...(known.has(message.message_id)
					? []
					: chats.note({ ...exchanged(message, at), isHistory: true })),
			])
		},
		/** For how many days messages are kept, and polls and events. */
		keepDays: { messages: keepDays, questions: questionDays(keepDays) },
		/** The chats in which messages were exchanged. */
		chats,
		/** Replaces the content of a message, as when its file has a new path. */
		async changed(id: string, content: proto.IMessage): Promise<Change[]> {
			const known = await stored(id)
			return known ? [put(encoded({ ...known, content }))] : []
		},
		/** WhatsApp has refused a message, which is to be sent once more. */
		async secondTry(id: string, { content, ...how }: KeptSecondTry): Promise<Change[]> {
			const known = await stored(id)
			return known ? [put(encoded({ ...known, ...how, content }))] : []
		},
		/** Keeps the new content of an edited message. @param at Unix time in seconds */
		async edited(id: string, content: proto.IMessage, at: number): Promise<Change[]> {
			const known = await stored(id)
			if (!known) return []
			// The secret stays: later edits, reactions and votes are encrypted with it.
			const { messageContextInfo } = unwrap(decoded(known.content)).content
			const changed = encoded({ ...known, content: { ...content, messageContextInfo } })
			return marked(id, { content: changed.content, edited_at: isoOf(at) })
		},
		/** A message was deleted for everyone. @param at Unix time in seconds */
		deleted: async (id: string, at: number): Promise<Change[]> => [
			...(await marked(id, { deleted_at: isoOf(at) })),
			deletions.put(id, 1),
		],
		/** Whether a message was deleted for everyone in the time for which events are kept. */
		isDeleted: async (id: string): Promise<boolean> => (await deletions.find(id)).length > 0,
		/** A message was deleted on this account's devices alone. @param at Unix time in seconds */
		deletedForMe: (id: string, at: number): Promise<Change[]> =>
			marked(id, { deleted_for_me_at: isoOf(at) }),
		/** Notes a stage of a message for one of many recipients. */
		async reachedBy(id: string, by: Identity, stage: Stage, at: Date): Promise<Change[]> {
			const { bucket, name, known } = await readerIn(id, jidsOf(by))
			const before = known[name]?.times ?? {}
			if (before[stage]) return []
			const reader = { by, times: { ...before, [stage]: at.toISOString() } }
			return [readers.put(bucket, { ...known, [name]: reader })]
		},
		/** The stages for each of many recipients. */
		async readersOf(id: string): Promise<Reader[]> {
			const buckets = await Promise.all(
				[...'0123456789'].map(async (digit) => (await readers.find(`${id} ${digit}`)).at(-1) ?? {}),
			)
			return buckets.flatMap(Object.values)
		},
		/** Notes a stage of a message. A late stage is noted, but takes no later one back. */
		async reached(id: string, stage: Stage, at = new Date()): Promise<Change[]> {
			const times = await progressOf(id)
			if (times[stage]) return []
			const changed = { ...times, [stage]: at.toISOString() }
			recent.set(id, changed)
			const changes = [progress.put(id, changed)]
			if ((stage === 'sent' || stage === 'failed') && unsent.delete(id))
				changes.push(marker(id, null))
			return changes
		},
		async get(id: string): Promise<MessageRecord | undefined> {
			const found = await stored(id)
			if (!found) return undefined
			const { content: _, sender: __, at: ____, ...record } = withoutSending(found)
			const times = await progressOf(id)
			return { ...record, stage: stages.findLast((stage) => times[stage]) ?? 'delivered', times }
		},
		/** The jid of the chat that we sent a message to; undefined if we did not send it. */
		async sentTo(id: string): Promise<string | undefined> {
			const known = destinations.get(id)
			if (known) return known
			const found = await stored(id)
			return found?.from_me ? found.to : undefined
		},
		/** Those of these messages that are kept, by their ids. */
		async many(ids: readonly string[]): Promise<Map<string, KeptMessage>> {
			const found = [...(await questions.find(...ids)), ...(await messages.find(...ids))]
			const latestOf = new Map(found.map((each) => [each.message_id, each]))
			const kept = [...latestOf.values()].map(async (each) => {
				const { content, ...record } = withoutSending(each)
				const times = await progressOf(record.message_id)
				const stage = stages.findLast((each) => times[each]) ?? 'delivered'
				return { ...record, stage, times, content: decoded(content) }
			})
			return new Map((await Promise.all(kept)).map((each) => [each.message_id, each]))
		},
		/** Every kept message as it is now, the last written first; polls and events are not among them. */
		async *newestFirst(): AsyncGenerator<Omit<KeptMessage, 'stage' | 'times'>> {
			const told = new Set<string>()
			for await (const batch of messages.newestFirst())
				for (const [id, each] of batch) {
					if (told.has(id)) continue
					told.add(id)
					const { content, ...record } = withoutSending(each)
					yield { ...record, content: decoded(content) }
				}
		},
		/** The content of a message. */
		async content(id: string): Promise<Content | undefined> {
			const found = await stored(id)
			if (!found) return undefined
			const { content, sender, audience, address, refused } = found
			return { message: decoded(content), sender, audience, address, refused }
		},
		/** The ids of messages without an outcome, oldest first. */
		unsent: () => [...unsent.keys()],
		/** How many messages have no outcome, and when the oldest of them was accepted: Unix time in seconds. */
		waiting: () => ({ count: unsent.size, since: unsent.values().next().value }),
		isUnsent: (id: string) => unsent.has(id),
		/** Whether `firstSight` was asked of it. @param keys every name of the message (`receive/message-keys.ts`) */
		async wasSeen(keys: string[]): Promise<boolean> {
			const all = keys.map(shortKey)
			return all.some((key) => seen.has(key)) || (await sights.find(...all)).length > 0
		},
		/** The change that marks a message as seen; undefined if it was seen before, under whichever of its names. */
		async firstSight(keys: string[]): Promise<Change | undefined> {
			const all = keys.map(shortKey)
			if (all.some((key) => seen.has(key))) return undefined
			for (const key of all) seen.set(key, true)
			return (await sights.find(...all)).length > 0 ? undefined : sights.put(all[0]!, 1)
		},
		/** It could not be read: when it comes again, it is seen for the first time. */
		notSeen(keys: string[]): void {
			for (const key of keys) seen.delete(shortKey(key))
		},
		/** `firstSight` is asked of it soon; undefined if it is of no use to say so. */
		ahead: sights.ahead && ((keys: string[]) => sights.ahead!(...keys.map(shortKey))),
		async prune() {
			for (const records of [messages, questions, readers, progress, sights, deletions, chats])
				await records.prune()
		},
	}
}

const RECENT = 1_000
const RECENTLY_SEEN = 10_000
/** Types whose answers are encrypted with the message's secret. */
const QUESTIONS = ['poll', 'event']

/** Until 0.2.0 the marks had no time: such a message has waited since now, as far as one can say. */
const openedUnsent = (marks: ReadonlyMap<string, unknown>) => {
	const now = nowInSeconds()
	return new Map([...marks].map(([id, at]) => [id, Number(at) > 1 ? Number(at) : now]))
}

const nowInSeconds = () => Math.floor(Date.now() / 1000)

const exchanged = (
	{ message_id, to, type, from_me, sender }: NewMessage,
	at: number,
): ExchangedMessage => ({
	...{ message_id, to, type, from_me, at, isHistory: false },
	...(sender && { sender }),
})

/** A message without what only sending needs. */
const withoutSending = ({ audience: _, address: __, refused: ___, ...message }: Stored) => message

const isoOf = (seconds: number) => new Date(seconds * 1000).toISOString()

const shortKey = (key: string) => hash('sha256', key, 'base64url').slice(0, 22)

export type MessageStore = Awaited<ReturnType<typeof openMessageStore>>

function encoded({ content, ...message }: NewMessage): Stored {
	return {
		...message,
		content: Buffer.from(proto.Message.encode(content).finish()).toString('base64'),
	}
}

const decoded = (content: string) => proto.Message.decode(Buffer.from(content, 'base64'))
