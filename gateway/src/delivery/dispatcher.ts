import { isGatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import { createAlarm } from './alarm.ts'
import { createCircuitBreaker } from './queue/circuit-breaker.ts'
import { jittered } from '../lib/backoff.ts'
import type { Clock } from '../lib/clock.ts'
import type { ChatQueue, ChatQueues } from './queue/chat-queues.ts'
import type { Payload, Outcome, Post } from './attempt/post.ts'
import { createAttemptWindow } from './queue/attempt-window.ts'
import { quickAttempts, type RetrySchedule } from './queue/retry-schedule.ts'
import type { Webhook } from './registry/webhook.ts'

export type DispatcherOptions = {
	queues: ChatQueues
	/** Read afresh each time; undefined once the webhook is deleted or disabled. */
	webhook(): Webhook | undefined
	/** The payload of a queue's first event; undefined if that was pruned, or the webhook's format has no such event. */
	payloadFor(webhook: Webhook, queue: ChatQueue, number: number): Promise<Payload | undefined>
	post: Post
	clock: Clock
	schedule: RetrySchedule
	log: Log
	/** The first event of a queue was accepted, or was pruned. */
	settled(queue: ChatQueue, number: number): void
	/** The target accepted an event. */
	taken(webhook: Webhook): void
	/** No attempt succeeded, and there will be no other: the event becomes a dead letter. */
	givenUp(queue: ChatQueue, number: number, payload: Payload): void
	/** The attempts of a queue have changed. */
	noted(queue: ChatQueue): void
	/** The target answered 410 Gone. */
	gone(webhook: Webhook): void
	/** An attempt has ended with this outcome. */
	ended(webhook: Webhook, outcome: Outcome): void
	/** Nothing is under way for a queue any more. */
	attempted(): void
}

type AttemptUnderWay = { queue: ChatQueue; number: number; payload: Payload; isProbe: boolean }

/** A target that has accepted something so recently is not down because it once cannot be reached: one of several hosts may be. */
const RECENTLY_MS = 60_000
/** How long to wait after the event log could not be read. */
const RETRY_MS = 5_000
/** Waits differ by up to a fifth, so that many webhooks are not retried in step. */
const UNEVEN = 0.2
/** How long attempts that are under way may go on when the consumer closes. */
const GRACE_MS = 2_000

/**
 * Makes the attempts for one webhook, the oldest event first: one event of each chat at a time, and as many chats at
 * once as the target keeps up with (`queue/attempt-window.ts`). Retries are decided here (`tryLater`). A target that is
 * down is only probed.
 */
export function createDispatcher(options: DispatcherOptions) {
	const { queues, post, clock, schedule, log } = options
	const window = createAttemptWindow(schedule.parallel)
	let breaker = createCircuitBreaker(schedule)
	let downSince: number | undefined
	let probeAt = 0
	let probes = 0
	let takenAt = -Infinity
	let isProbing = false
	let isClosed = false
	const alarm = createAlarm(clock, wake)
	const flights = new Set<Promise<void>>()

	function pump() {
		if (isClosed) return
		if (breaker.isDown) {
			if (queues.count && !isProbing) alarm.set(probeAt)
			return
		}
		while (queues.inFlight < window.size) {
			const queue = queues.take(window.size / 2)
			if (!queue) break
			launch(queue, false)
		}
		const soonest = queues.soonest()
		if (soonest !== undefined && queues.inFlight < window.size) alarm.set(soonest)
	}

	function wake() {
		if (breaker.isDown && !isProbing) probe()
		else pump()
	}

	function probe() {
		const queue = queues.probe()
		if (!queue) return
		isProbing = true
		launch(queue, true)
	}

	function launch(queue: ChatQueue, isProbe: boolean) {
		const flight = attempt(queue, isProbe).finally(() => {
			flights.delete(flight)
			if (isProbe) isProbing = false
			pump()
			options.attempted()
		})
		flights.add(flight)
	}

	async function attempt(queue: ChatQueue, isProbe: boolean) {
		const number = queue.numbers.first!
		try {
			const webhook = options.webhook()
			if (!webhook) return queues.postpone(queue, clock.now() + RETRY_MS)
			const payload = await options.payloadFor(webhook, queue, number)
			if (!payload) return options.settled(queue, number)
			const begun = clock.now()
			const outcome = await post(webhook, payload)
			window.ended(clock.now() - begun, outcome.why === null)
			// An attempt that was aborted by closing does not count as a failure.
			const isAborted = isClosed && outcome.why !== null
			if (!isAborted) options.ended(webhook, outcome)
			if (outcome.why === null) {
				options.taken(webhook)
				return taken(queue, number)
			}
			if (outcome.status === 410) options.gone(webhook)
			if (isAborted || outcome.status === 410) return queues.postpone(queue, clock.now() + RETRY_MS)
			attemptFailed({ queue, number, payload, isProbe }, outcome)
		} catch (err) {
			// The session has just ended, and this consumer ends with it.
			const isEnding = isGatewayError(err, 'session_not_open')
			log[isEnding ? 'debug' : 'error']({ err, seq: number }, 'event could not be read')
			queues.postpone(queue, clock.now() + RETRY_MS)
		}
	}

	function taken(queue: ChatQueue, number: number) {
		log.debug({ seq: number }, 'event delivered')
		takenAt = clock.now()
		options.settled(queue, number)
		if (!breaker.succeeded()) return
		downSince = undefined
		alarm.off()
		log.info('webhook is back')
	}

	function attemptFailed(attempt: AttemptUnderWay, outcome: Outcome) {
		const { queue, payload } = attempt
		const { why, isUnreachable, retryAfterMs } = outcome
		queue.why = why
		queue.failing ??= clock.now()
		log.warn({ event: payload.id, why }, 'webhook did not accept the event')
		const isAway = isUnreachable && clock.now() - takenAt > RECENTLY_MS
		const hasOpened = breaker.failed(queue.key, isAway)
		if (!breaker.isDown) return tryLater(attempt, outcome)
		if (hasOpened) goDown(retryAfterMs)
		else if (attempt.isProbe) {
			breaker.probeFailed()
			probeAt = clock.now() + Math.max(breaker.wait, retryAfterMs)
		}
		// If it may be the event's fault after all, the next probe is another chat's.
		if (!isUnreachable) queue.probed = ++probes
		queues.postpone(queue, 0)
		options.noted(queue)
	}

	/** From now on failures are the target's: no event uses up its attempts. */
	function goDown(retryAfterMs: number) {
		downSince = clock.now()
		probeAt = clock.now() + Math.max(breaker.wait, retryAfterMs)
		queues.makeAllDue().forEach(options.noted)
		log.warn('webhook is down: it is probed until it answers')
	}

	function tryLater(attempt: AttemptUnderWay, { isOfTarget, retryAfterMs }: Outcome) {
		const { queue, number, payload } = attempt
		// As long as the target has accepted nothing else, the event may not be to blame.
		const isHeld = isOfTarget && takenAt < queue.failing!
		queue.attempts++
		if (isHeld) queue.attempts = Math.min(queue.attempts, quickAttempts(schedule))
		const wait = schedule.waits[queue.attempts]
		if (wait === undefined) return options.givenUp(queue, number, payload)
		queues.postpone(queue, clock.now() + Math.max(jittered(wait, UNEVEN), retryAfterMs))
		options.noted(queue)
	}

	return {
		/** Call it when an event was added to a queue. */
		pump,
		/** The target was down when the gateway stopped: begin with a probe. */
		startDown() {
			breaker = createCircuitBreaker(schedule, true)
			downSince = clock.now()
		},
		/** Since when the target is considered down: Unix time in milliseconds. */
		get downSince() {
			return downSince
		},
		/** Starts nothing more, and waits a little for the attempts that are under way. */
		async close() {
			isClosed = true
			alarm.off()
			const late = setTimeout(() => post.abort(), GRACE_MS)
			await Promise.all(flights)
			clearTimeout(late)
		},
	}
}

export type Dispatcher = ReturnType<typeof createDispatcher>
