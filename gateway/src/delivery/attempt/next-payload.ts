import type { Journal } from '../../session/journal.ts'
import { isAgain } from '../queue/requeued.ts'
import type { Lane } from '../queue/chat-queues.ts'
import type { Letters } from './payloads.ts'
import { burstOf, mergedEvent, MOST_MERGED, type Merge } from '../batching.ts'
import type { Letterhead } from './post.ts'
import type { Webhook } from '../registry/webhooks.ts'

export type NextLetterOptions = {
	reader: string
	journal(): Promise<Journal>
	letters: Letters
}

/** Tells what to send for the first event of a lane; undefined if it was pruned, or cannot be told any more. */
export function nextLetter({ reader, journal, letters }: NextLetterOptions) {
	async function single(webhook: Webhook, number: number) {
		const kept = letters.kept(webhook, number)
		if (kept) return kept
		const { events } = await journal()
		const [event] = await events.after(number - 1, 1)
		return event?.seq === number ? letters.write(webhook, event) : undefined
	}

	async function repeat(webhook: Webhook, number: number) {
		const { positions } = await journal()
		const letter = await positions.letter(reader, 'again', number)
		return letter && letters.write(webhook, letter.event)
	}

	async function burst(webhook: Webhook, merge: Merge, lane: Lane) {
		const { events } = await journal()
		const numbers = lane.numbers.all().slice(0, MOST_MERGED)
		const found = (await Promise.all(numbers.map((n) => events.after(n - 1, 1)))).flat()
		// What was pruned is not there any more: then that is passed over first.
		if (found[0]?.seq !== numbers[0]) return undefined
		const together = burstOf(found, merge)
		lane.batch = together.length
		return letters.write(webhook, mergedEvent(together))
	}

	return async (webhook: Webhook, lane: Lane, number: number): Promise<Letterhead | undefined> => {
		if (isAgain(lane)) return repeat(webhook, number)
		if (webhook.merge) return burst(webhook, webhook.merge, lane)
		return single(webhook, number)
	}
}
