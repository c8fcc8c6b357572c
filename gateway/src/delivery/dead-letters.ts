import type { Clock } from '../lib/clock.ts'
import type { Log } from '../log.ts'
import type { Journal } from '../session/journal.ts'
import type { DeadLetter } from '../session/state/cursors.ts'
import type { Payload } from './attempt/post.ts'
import type { Checkpoint } from './cursor/checkpoint.ts'
import type { ChatQueue, ChatQueues } from './queue/chat-queues.ts'
import { requeuedKey } from './queue/requeued.ts'

export type DeadLettersOptions = {
	reader: string
	journal(): Promise<Journal>
	queues: ChatQueues
	checkpoint: Checkpoint
	clock: Clock
	log: Log
}

/** The events that a consumer has given up, and those of them that it delivers again. */
export function createDeadLetters(options: DeadLettersOptions) {
	const { reader, journal, queues, checkpoint, clock, log } = options
	const givenUp = new Set<number>()
	const requeued = new Set<number>()

	function requeue(copies: DeadLetter[]) {
		for (const { event } of copies) {
			if (requeued.has(event.seq)) continue
			requeued.add(event.seq)
			queues.add(requeuedKey(event), event.seq)
		}
	}

	return {
		/** Adds the events that were given up before the start. */
		load(numbers: number[]) {
			for (const number of numbers) givenUp.add(number)
		},
		/** Queues events to be delivered again, unless they are queued already. */
		requeue,
		/** An event that was delivered again is settled. */
		requeuedSettled(number: number) {
			requeued.delete(number)
			checkpoint.saveWith((cursors) => cursors.requeued.remove(reader, number))
		},
		/** The event of a payload becomes a dead letter. It is saved with the next checkpoint. */
		add({ attempts, why }: ChatQueue, { id, event }: Payload) {
			const at = new Date(clock.now()).toISOString()
			checkpoint.saveWith((cursors) =>
				cursors.deadLetters.put(reader, event.seq, { event, attempts, why, at }),
			)
			givenUp.add(event.seq)
			log.error(
				{ event: id, attempts, why },
				'event given up: the webhook did not accept it in any attempt',
			)
		},
		/** These dead letters were deleted. */
		discarded(numbers: number[]) {
			for (const number of numbers) givenUp.delete(number)
		},
		get count() {
			return givenUp.size
		},
		/** The numbers of the dead letters, in order. */
		numbers: () => [...givenUp].sort((a, b) => a - b),
		/** Queues dead letters, and copies of other events, to be delivered again. Waits until that is durable. @returns how many */
		async replay(numbers: number[], copies: DeadLetter[]): Promise<number> {
			await checkpoint.flush()
			const { cursors, commit } = await journal()
			const found = await cursors.deadLetters.all(reader, numbers)
			const all = [...found, ...copies]
			await commit([
				...found.map(({ event }) => cursors.deadLetters.remove(reader, event.seq)),
				...all.map((copy) => cursors.requeued.put(reader, copy.event.seq, copy)),
			])
			for (const { event } of found) givenUp.delete(event.seq)
			requeue(all)
			return all.length
		},
	}
}
