import type { GatewayEvent } from '../../events/index.ts'
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

/** The events that carry a message. */
const MESSAGES = new Set(['message.received', 'message.sent', 'status.received', 'channel.message'])

/** Makes the payload for the first event of a queue; undefined if that is to be passed over: pruned, skipped, or unknown to its format. */
export function nextPayload({ reader, journal, payloads }: NextPayloadOptions) {
	async function single(webhook: Webhook, number: number) {
		const kept = payloads.kept(webhook, number)
		const event = kept?.event ?? (await eventAt(number))
		if (!event || (await isSkipped(webhook, event))) return undefined
		return kept ?? payloads.write(webhook, event)
	}

	async function eventAt(number: number) {
		const { events } = await journal()
		const [event] = await events.after(number - 1, 1)
		return event?.seq === number ? event : undefined
	}

	async function isSkipped({ skip_deleted }: Webhook, { type, data }: GatewayEvent) {
		const { message_id: id } = data as { message_id?: string }
		if (!skip_deleted || !id || !MESSAGES.has(type)) return false
		const { isDeleted } = await journal()
		return isDeleted(id)
	}

	async function requeued(webhook: Webhook, number: number) {
		const { cursors } = await journal()
		const deadLetter = await cursors.requeued.get(reader, number)
		return deadLetter && payloads.write(webhook, deadLetter.event)
	}

	async function batch(webhook: Webhook, window: BatchWindow, queue: ChatQueue) {
		const numbers = queue.numbers.all().slice(0, MAX_BATCH)
		const found = (await Promise.all(numbers.map(eventAt))).filter((event) => event !== undefined)
		const [first] = found
		// The dispatcher passes over the first event before it makes a batch of the rest.
		if (!first || first.seq !== numbers[0] || (await isSkipped(webhook, first))) return undefined
		const together = batchOf(found, window)
		queue.batch = together.length
		const skipped = await Promise.all(together.map((event) => isSkipped(webhook, event)))
		return payloads.write(webhook, batchedEvent(together.filter((_, at) => !skipped[at])))
	}

	async function next(webhook: Webhook, queue: ChatQueue, number: number) {
		if (isRequeued(queue)) return requeued(webhook, number)
		if (webhook.merge) return batch(webhook, webhook.merge, queue)
		return single(webhook, number)
	}

	/** Its file is read at each attempt and not kept: it may be large. */
	async function withFile(payload: Payload): Promise<Payload> {
		const { file, ...rest } = payload
		if (!file) return payload
		const { file: read } = await journal()
		const bytes = await read(file.messageId)
		return bytes ? { ...rest, body: file.bodyWith(bytes.toString('base64')) } : rest
	}

	return async (
		webhook: Webhook,
		queue: ChatQueue,
		number: number,
	): Promise<Payload | undefined> => {
		const payload = await next(webhook, queue, number)
		return payload && withFile(payload)
	}
}
