import type { Identity } from '../events/identity.ts'
import type { RawMessage } from '../events/raw-message.ts'
import { createHeap } from '../lib/heap.ts'
import { identityOf, isOther, toJid } from './identity.ts'
import { describeKept, type KeptDeps } from './receive/describe-kept.ts'
import { rawOfKept } from './receive/raw-message.ts'
import type { Filter } from './state/chat-index.ts'
import type { SessionState } from './state/index.ts'
import type { KeptMessage } from './state/messages.ts'

export type KeptMessagesOptions = KeptDeps & { state(): Promise<SessionState> }

/** Which kept messages; times are Unix seconds, and inclusive. */
export type KeptFilter = Pick<Filter, 'since' | 'until' | 'from_me'>

/** A kept message as events have it, and as WhatsApp has it. */
export type FoundKept = ReturnType<typeof describeKept> & { raw: RawMessage['message'] }

type Names = Pick<KeptDeps, 'otherName'>

/** How many are read at once. */
const BATCH = 50

/** The kept messages of a session, one after the other; WhatsApp is not asked. */
export function createKeptMessages(options: KeptMessagesOptions) {
	const { state, otherName } = options

	return {
		/** Those of a chat, the newest first; none of one that is not known. @throws GatewayError invalid_recipient */
		async *ofChat(given: string, filter: KeptFilter = {}): AsyncGenerator<KeptMessage> {
			const jid = toJid(given, 'jid')
			yield* keptOfChat(await state(), identityOf(jid, otherName), filter)
		},
		/** Those of all chats, the newest first. */
		async *ofAllChats(filter: KeptFilter = {}): AsyncGenerator<KeptMessage> {
			yield* keptOfAllChats(await state(), filter, options)
		},
		/**
		 * A message by its id; undefined if it is not kept, was removed from this account's devices, or is in another chat
		 * than the one that is named.
		 * @throws GatewayError invalid_recipient
		 */
		async find(messageId: string, chat?: string): Promise<KeptMessage | undefined> {
			const named = chat === undefined ? undefined : identityOf(toJid(chat, 'jid'), otherName)
			const found = await keptById(await state(), messageId, options)
			const isWanted = !named || (found && !isOther(identityOf(found.to, otherName), named))
			return isWanted ? found : undefined
		},
		describe: async (kept: KeptMessage): Promise<FoundKept> =>
			describedWithRaw(await state(), kept, options),
	}
}

/** A message by its id; undefined if it is not kept, or was removed from this account's devices. */
export async function keptById(
	{ messages, chatStates }: SessionState,
	id: string,
	{ otherName }: Names,
): Promise<KeptMessage | undefined> {
	const found = (await messages.many([id])).get(id)
	if (!found || found.deleted_for_me_at) return undefined
	const { cleared_at: clearedAt } = chatStates.of(identityOf(found.to, otherName))
	return timeOf(found) > (clearedAt ?? -1) ? found : undefined
}

/** The messages of a chat, the newest first. */
export async function* keptOfChat(
	ready: SessionState,
	chat: Identity,
	{ since, until, from_me }: KeptFilter,
): AsyncGenerator<KeptMessage> {
	let before: number | undefined
	do {
		const page = await keptPage(ready, chat, { since, until, from_me, before, limit: BATCH })
		yield* page.messages
		before = page.next
	} while (before !== undefined)
}

type Stream = { rank: number; newest: KeptMessage; older: AsyncGenerator<KeptMessage> }

/** The messages of all chats, the newest first. A chat is not read before its newest message has its turn. */
export async function* keptOfAllChats(
	ready: SessionState,
	filter: KeptFilter,
	{ otherName }: Names,
): AsyncGenerator<KeptMessage> {
	const unread = [...ready.messages.chats.all()]
		.map(([jid, { last, at }]) => ({ jid, at: last?.at ?? Math.floor(Date.parse(at) / 1000) }))
		.sort((a, b) => a.at - b.at)
	const streams = createHeap<Stream>()

	async function follow(older: AsyncGenerator<KeptMessage>): Promise<void> {
		const { value, done } = await older.next()
		if (!done) streams.push({ rank: -timeOf(value), newest: value, older })
	}

	for (;;) {
		while (unread.length && unread.at(-1)!.at >= -(streams.peek()?.rank ?? Infinity)) {
			const { jid } = unread.pop()!
			await follow(keptOfChat(ready, identityOf(jid, otherName), filter))
		}
		const stream = streams.pop()
		if (!stream) return
		yield stream.newest
		await follow(stream.older)
	}
}

/** A page of the messages of a chat that are still shown, the newest first; `next` continues it as `before`. */
export async function keptPage(
	{ messages, chatStates }: SessionState,
	chat: Identity,
	filter: Filter,
): Promise<{ messages: KeptMessage[]; next: number | undefined }> {
	const { cleared_at: clearedAt } = chatStates.of(chat)
	const since = Math.max(filter.since ?? 0, (clearedAt ?? -1) + 1)
	const { entries, next } = await messages.chats.page(chat.id, { ...filter, since })
	const kept = await messages.many(entries.map(({ message_id }) => message_id))
	const shown = entries.flatMap(({ message_id, at }) => {
		const found = kept.get(message_id)
		return found && !found.deleted_for_me_at ? [{ ...found, at }] : []
	})
	return { messages: shown, next }
}

export function describedWithRaw(
	ready: SessionState,
	kept: KeptMessage,
	deps: KeptDeps,
): FoundKept {
	const raw = rawOfKept(kept, { message: kept.content, sender: kept.sender }).message
	return { ...describeKept(ready, kept, deps), raw }
}

const timeOf = ({ at = 0 }: KeptMessage) => at
