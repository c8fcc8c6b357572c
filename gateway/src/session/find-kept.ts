import type { RawMessage } from '../events/raw-message.ts'
import { describeKept, type KeptDeps } from './receive/describe-kept.ts'
import { rawOfKept } from './receive/raw-message.ts'
import type { SessionState } from './state/index.ts'
import type { Filter } from './state/chat-index.ts'
import type { KeptMessage } from './state/messages.ts'

/** A message as events have it, and as WhatsApp has it. */
export type FoundKept = ReturnType<typeof describeKept> & { raw: RawMessage['message'] }

/** Which of the kept messages; times are Unix seconds, and inclusive. */
export type KeptQuery = Pick<Filter, 'since' | 'until' | 'from_me'> & {
	/** The id of a chat as its messages have it; all chats if left out. */
	chat?: string | undefined
	id?: string | undefined
	/** Whether a message is wanted, by what is in it. */
	fits?: ((message: FoundKept) => boolean) | undefined
}

/** A page of them: `skip` are left out before it. */
export type KeptPage = { skip: number; size: number }

/** How many messages are looked at for one page; `total` says no more. */
const MOST_LOOKED_AT = 5_000
const BATCH = 100

/** Finds kept messages, the newest first. @returns those of the page, and how many fit */
export async function findKept(
	ready: SessionState,
	query: KeptQuery,
	{ skip, size }: KeptPage,
	deps: KeptDeps,
): Promise<{ messages: FoundKept[]; total: number }> {
	const messages: FoundKept[] = []
	let total = 0
	for await (const kept of candidates(ready, query)) {
		if (!isWanted(kept, query)) continue
		const isOnPage = total >= skip && messages.length < size
		// What is in a message is read only where that decides, or is shown.
		const found = isOnPage || query.fits ? describe(ready, kept, deps) : undefined
		if (found && query.fits && !query.fits(found)) continue
		if (isOnPage && found) messages.push(found)
		total++
	}
	return { messages, total }
}

function describe(ready: SessionState, kept: KeptMessage, deps: KeptDeps): FoundKept {
	const raw = rawOfKept(kept, { message: kept.content, sender: kept.sender }).message
	return { ...describeKept(ready, kept, deps), raw }
}

async function* candidates(ready: SessionState, query: KeptQuery): AsyncGenerator<KeptMessage> {
	const { messages } = ready
	if (query.id !== undefined) return yield* (await messages.many([query.id])).values()
	if (query.chat !== undefined) return yield* ofChat(ready, query.chat, query)
	let ids: string[] = []
	let looked = 0
	for await (const { message_id } of messages.newestFirst()) {
		ids.push(message_id)
		if (++looked === MOST_LOOKED_AT) break
		if (ids.length < BATCH) continue
		yield* (await messages.many(ids)).values()
		ids = []
	}
	yield* (await messages.many(ids)).values()
}

async function* ofChat({ messages }: SessionState, chat: string, query: KeptQuery) {
	const { since, until, from_me } = query
	let before: number | undefined
	for (let looked = 0; looked < MOST_LOOKED_AT; looked += BATCH) {
		const filter = { limit: BATCH, since, until, from_me, before }
		const { entries, next } = await messages.chats.page(chat, filter)
		const kept = await messages.many(entries.map(({ message_id }) => message_id))
		for (const { message_id, at } of entries) {
			const found = kept.get(message_id)
			if (found) yield { ...found, at }
		}
		if (next === undefined) return
		before = next
	}
}

function isWanted(kept: KeptMessage, { since, until, from_me }: KeptQuery): boolean {
	const { deleted_for_me_at, at = 0 } = kept
	return (
		!deleted_for_me_at &&
		(since === undefined || at >= since) &&
		(until === undefined || at <= until) &&
		(from_me === undefined || kept.from_me === from_me)
	)
}
