import type { Change, StateStore } from '../../storage/driver.ts'
import { dailyCollections } from '../daily-collections.ts'

/** A message in the index of its chat. */
export type IndexEntry = {
	/** Its place: higher is newer. */
	number: number
	message_id: string
	from_me: boolean
	type: string
	/** Unix time in seconds. */
	at: number
}

/** The numbers that a chat has used: from `first`, and below `next`. */
type Range = { first: number; next: number }

/** Which messages of a chat; times are Unix seconds, and inclusive. */
export type Filter = {
	limit: number
	/** Only those with lower, or higher, numbers. */
	before?: number | undefined
	after?: number | undefined
	since?: number | undefined
	until?: number | undefined
	from_me?: boolean | undefined
	type?: string | undefined
}

/** `next` continues it as `before`; undefined at the end. */
export type Page = { entries: IndexEntry[]; next: number | undefined }

const BATCH = 100
/** A filter that fits next to nothing does not read a whole chat at once. */
const MOST_SCANNED = 5_000

/**
 * The messages of each chat, numbered: those that come by themselves upwards from 0, those of the history downwards. A
 * page is read by its numbers: the cost does not grow with the chat. As with the messages, the oldest records are
 * dropped; so the lowest numbers of what came by itself go first, and the highest ones of the history.
 */
export async function openChatIndex(state: StateStore, keepDays: number) {
	const entries = await dailyCollections<IndexEntry>(state, 'chat-message', keepDays)
	const idOf = (chat: string, number: number) => `${chat} ${number}`

	async function batchBelow(chat: string, { first }: Range, number: number): Promise<IndexEntry[]> {
		const from = Math.max(first, number - BATCH)
		const ids = Array.from({ length: number - from }, (_, n) => idOf(chat, from + n))
		const found = ids.length ? await entries.find(...ids) : []
		return found.sort((a, b) => b.number - a.number)
	}

	const entryAt = async (chat: string, number: number) =>
		(await entries.find(idOf(chat, number))).at(-1)

	/** The first number from `low` below `high` for which it holds, given that it holds for all after that; or `high`. */
	async function firstWhere(low: number, high: number, holds: (n: number) => Promise<boolean>) {
		let [from, to] = [low, high]
		while (from < to) {
			const middle = Math.floor((from + to) / 2)
			if (await holds(middle)) to = middle
			else from = middle + 1
		}
		return from
	}

	/** Where to go on when nothing is kept right below a number; undefined at the end. */
	async function overGap(chat: string, { first }: Range, number: number) {
		if (number > 0) return Math.min(0, number)
		if (number <= first || !(await entryAt(chat, first))) return undefined
		return firstWhere(first, number, async (n) => !(await entryAt(chat, n)))
	}

	/** Below which number messages are no newer than that. */
	const notAfter = (chat: string, { first, next }: Range, until: number) =>
		firstWhere(first, next, async (n) => ((await entryAt(chat, n))?.at ?? 0) > until)

	return {
		put: (chat: string, entry: IndexEntry): Change => entries.put(idOf(chat, entry.number), entry),
		async oldest(chat: string, { first, next }: Range): Promise<IndexEntry | undefined> {
			const isKept = async (n: number) => !!(await entryAt(chat, n))
			return entryAt(chat, await firstWhere(first, next, isKept))
		},
		/** The messages of a chat that fit, the newest first. There may be fewer than `limit` before the end. */
		async page(chat: string, range: Range, filter: Filter): Promise<Page> {
			const { limit, after = -Infinity, until } = filter
			const fits = fitting(filter)
			const found: IndexEntry[] = []
			let number = Math.min(range.next, filter.before ?? range.next)
			if (until !== undefined) number = Math.min(number, await notAfter(chat, range, until))
			for (let scanned = 0; scanned < MOST_SCANNED && number > range.first;) {
				const batch = await batchBelow(chat, range, number)
				for (const entry of batch) {
					number = entry.number
					if (number <= after || isBefore(entry, filter)) return { entries: found, next: undefined }
					if (fits(entry)) found.push(entry)
					if (found.length === limit) return { entries: found, next: nextOf(number, range) }
				}
				scanned += batch.length
				const from = batch.length ? number : await overGap(chat, range, number)
				if (from === undefined) return { entries: found, next: undefined }
				number = from
			}
			return { entries: found, next: nextOf(number, range) }
		},
		prune: entries.prune,
	}
}

const nextOf = (number: number, { first }: Range) => (number > first ? number : undefined)

const isBefore = ({ at }: IndexEntry, { since }: Filter) => since !== undefined && at < since

const fitting =
	({ from_me, type, until }: Filter) =>
	(entry: IndexEntry) =>
		(from_me === undefined || entry.from_me === from_me) &&
		(type === undefined || entry.type === type) &&
		(until === undefined || entry.at <= until)
