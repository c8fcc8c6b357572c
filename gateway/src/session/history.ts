import { unwrap } from '../messages/wrappers.ts'
import { readableText } from '../messages/readable-text.ts'
import { fetchOlder, type OlderMessages } from './actions/chats/fetch-older.ts'
import type { SessionDeps } from './session-deps.ts'
import { chatNotFound, isKnownChat } from './actions/chats/find-chat.ts'
import { identityOf, toJid } from './identity.ts'
import { findKept, type KeptPage, type KeptQuery } from './find-kept.ts'
import { keptPage } from './kept-messages.ts'
import { describeKept, type KeptDeps } from './receive/describe-kept.ts'
import type { SessionState } from './state/index.ts'
import type { Filter } from './state/chat-index.ts'
import type { KeptMessage } from './state/messages.ts'

export type HistoryOptions = KeptDeps & {
	state(): Promise<SessionState>
	connected(): Promise<SessionDeps>
	/** Resolves when everything that has come so far is kept. */
	received(): Promise<void>
}

/** A message that has the words in it; `snippet` is HTML with the first match in bold. */
export type FoundMessage = {
	message_id: string
	chat_jid: string
	sender_jid: string | null
	direction: 'in' | 'out'
	msg_type: string
	body: string
	snippet: string
	/** Unix time in seconds; null if it is not kept. */
	msg_timestamp: number | null
}

/** How much of the text stands before and after a match. */
const AROUND = 40

/** What is kept of the messages of chats; WhatsApp is not asked. */
export function createHistory(options: HistoryOptions) {
	const { state, me, otherName } = options

	return {
		/** The place of the oldest message of a chat that is kept. */
		async oldest(given: string): Promise<number | undefined> {
			const { messages } = await state()
			return (await messages.chats.oldest(toJid(given, 'jid')))?.number
		},
		/** As `fetchOlder`; resolves when the messages are kept. */
		async fetchOlder(given: string, asked: OlderMessages) {
			const deps = await options.connected()
			const older = await fetchOlder(deps, given, asked)
			await options.received()
			return older
		},
		/**
		 * A page of the messages of a chat, the newest first.
		 * @throws GatewayError invalid_recipient, chat_not_found
		 */
		async page(given: string, filter: Filter) {
			const ready = await state()
			const chat = identityOf(toJid(given, 'jid'), otherName)
			if (!isKnownChat(ready, chat)) throw chatNotFound(given)
			const { messages: kept, next } = await keptPage(ready, chat, filter)
			const messages = kept.map((each) => describeKept(ready, each, options))
			return { messages, next: next === undefined ? null : String(next) }
		},
		/**
		 * A page of the messages of a chat, of all chats, or the one with an id: as events and as WhatsApp have them.
		 * @param chat as a client names it @throws GatewayError invalid_recipient
		 */
		async find({ chat, ...query }: KeptQuery, page: KeptPage) {
			const ready = await state()
			const named = chat === undefined ? query : { ...query, chat: toJid(chat, 'jid') }
			return findKept(ready, named, page, options)
		},
		/** Who has voted in a poll, and for what. */
		async votesIn(poll: string) {
			const { votes } = await state()
			const ballot = [...(await votes.of(poll))]
			return ballot.map(([voter, options]) => ({ voter: identityOf(voter, otherName), options }))
		},
		/** The messages with these words in their text, the newest first. Reads every kept message until it has enough. */
		async search(words: string, { limit, offset }: { limit: number; offset: number }) {
			const { messages, chatStates } = await state()
			const wanted = words.toLowerCase()
			const found: FoundMessage[] = []
			for await (const kept of messages.newestFirst()) {
				if (kept.deleted_for_me_at || kept.deleted_at) continue
				const chat = identityOf(kept.to, otherName)
				if ((kept.at ?? 0) <= (chatStates.of(chat).cleared_at ?? -1)) continue
				const body = readableText(unwrap(kept.content).content) ?? ''
				const place = body.toLowerCase().indexOf(wanted)
				if (place < 0) continue
				const sender = kept.from_me ? me() : kept.sender ? identityOf(kept.sender, otherName) : chat
				const people = { chat_jid: chat.id, sender_jid: sender?.id ?? null }
				found.push({ ...people, ...foundIn(kept, body, place, words.length) })
				if (found.length === offset + limit) break
			}
			return found.slice(offset)
		},
	}
}

function foundIn(
	{ message_id, type: msg_type, from_me, at }: Omit<KeptMessage, 'stage' | 'times'>,
	body: string,
	place: number,
	length: number,
): Omit<FoundMessage, 'chat_jid' | 'sender_jid'> {
	const end = place + length
	const [before, match, after] = [
		body.slice(Math.max(0, place - AROUND), place),
		body.slice(place, end),
		body.slice(end, end + AROUND),
	].map(escaped)
	return {
		...{ message_id, direction: from_me ? 'out' : 'in', msg_type, body },
		snippet: `${before}<b>${match}</b>${after}`,
		msg_timestamp: at ?? null,
	}
}

const escaped = (text: string) =>
	text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
