import type { Journal } from '../../session/journal.ts'
import { isRequeued } from '../queue/requeued.ts'
import type { ChatQueue } from '../queue/chat-queues.ts'
import type { Payloads } from './payloads.ts'
import { batchOf, batchedEvent, MAX_BATCH, type BatchWindow } from '../batching.ts'
import type { Payload } from './post.ts'
import type { Webhook } from '../registry/webhook.ts'

export type NextPayloadOptions = {
	reader: string
	journal(): Promise<Journal>
	payloads: Payloads
}

/** Makes the payload for the first event of a queue; undefined if that was pruned, or its format has no such event. */
export function nextPayload({ reader, journal, payloads }: NextPayloadOptions) {
	async function single(webhook: Webhook, number: number) {
		const kept = payloads.kept(webhook, number)
		if (kept) return kept
		const { events } = await journal()
		const [event] = await events.after(number - 1, 1)
		return event?.seq === number ? payloads.write(webhook, event) : undefined
	}

	async function requeued(webhook: Webhook, number: number) {
		const { cursors } = await journal()
		const deadLetter = await cursors.requeued.get(reader, number)
		return deadLetter && payloads.write(webhook, deadLetter.event)
	}

	async function batch(webhook: Webhook, window: BatchWindow, queue: ChatQueue) {
		const { events } = await journal()
		const numbers = queue.numbers.all().slice(0, MAX_BATCH)
		const found = (await Promise.all(numbers.map((n) => events.after(n - 1, 1)))).flat()
		// The first event was pruned: the dispatcher skips it before it makes a batch.
		if (found[0]?.seq !== numbers[0]) return undefined
		const together = batchOf(found, window)
		queue.batch = together.length
		return payloads.write(webhook, batchedEvent(together))
	}

	return async (
		webhook: Webhook,
		queue: ChatQueue,
		number: number,
	): Promise<Payload | undefined> => {
		if (isRequeued(queue)) return requeued(webhook, number)
		if (webhook.merge) return batch(webhook, webhook.merge, queue)
		return single(webhook, number)
	}
}
