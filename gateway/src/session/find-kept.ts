import { identityOf } from './identity.ts'
import {
	describedWithRaw,
	keptById,
	keptOfAllChats,
	keptOfChat,
	type KeptFilter,
	type FoundKept,
} from './kept-messages.ts'
import type { KeptDeps } from './receive/describe-kept.ts'
import type { SessionState } from './state/index.ts'
import type { KeptMessage } from './state/messages.ts'

/** Which of the kept messages; times are Unix seconds, and inclusive. */
export type KeptQuery = KeptFilter & {
	/** The jid of a chat; all chats if left out. */
	chat?: string | undefined
	id?: string | undefined
	/** Whether a message is wanted, by what is in it. */
	fits?: ((message: FoundKept) => boolean) | undefined
}

/** A page of them: `skip` are left out before it. */
export type KeptPage = { skip: number; size: number }

/** How many messages are looked at for one page; `total` says no more. */
const MOST_LOOKED_AT = 5_000

/** Finds kept messages, the newest first. @returns those of the page, and how many fit */
export async function findKept(
	ready: SessionState,
	query: KeptQuery,
	{ skip, size }: KeptPage,
	deps: KeptDeps,
): Promise<{ messages: FoundKept[]; total: number }> {
	const messages: FoundKept[] = []
	let total = 0
	for await (const kept of candidates(ready, query, deps)) {
		const isOnPage = total >= skip && messages.length < size
		// What is in a message is read only where that decides, or is shown.
		const found = isOnPage || query.fits ? describedWithRaw(ready, kept, deps) : undefined
		if (found && query.fits && !query.fits(found)) continue
		if (isOnPage && found) messages.push(found)
		total++
	}
	return { messages, total }
}

async function* candidates(
	ready: SessionState,
	query: KeptQuery,
	deps: KeptDeps,
): AsyncGenerator<KeptMessage> {
	if (query.id !== undefined) {
		const found = await keptById(ready, query.id, deps)
		if (found && isWanted(found, query)) yield found
		return
	}
	const { chat } = query
	const kept =
		chat === undefined
			? keptOfAllChats(ready, query, deps)
			: keptOfChat(ready, identityOf(chat, deps.otherName), query)
	let looked = 0
	for await (const message of kept) {
		yield message
		if (++looked === MOST_LOOKED_AT) return
	}
}

function isWanted(kept: KeptMessage, { since, until, from_me }: KeptQuery): boolean {
	const { at = 0 } = kept
	return (
		(since === undefined || at >= since) &&
		(until === undefined || at <= until) &&
		(from_me === undefined || kept.from_me === from_me)
	)
}
