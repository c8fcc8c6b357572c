import { isGatewayError } from '../errors.ts'
import type { Log } from '../log.ts'
import { createBreaker } from './queue/circuit-breaker.ts'
import type { Clock } from '../lib/clock.ts'
import type { Lane, Lanes } from './queue/chat-queues.ts'
import type { Letterhead, Outcome, Post } from './attempt/post.ts'
import { jittered, type Schedule } from './queue/retry-schedule.ts'
import type { Webhook } from './registry/webhooks.ts'

export type DispatchOptions = {
	lanes: Lanes
	/** Read afresh each time; undefined once it is gone or disabled. */
	webhook(): Webhook | undefined
	/** What to send for the first event of a lane; undefined if it was pruned, or cannot be told any more. */
	letterFor(webhook: Webhook, lane: Lane, number: number): Promise<Letterhead | undefined>
	post: Post
	clock: Clock
	schedule: Schedule
	log: Log
	/** The first event of a lane was taken, or is not there any more. */
	settled(lane: Lane, number: number): void
	/** The target has taken an event. */
	taken(webhook: Webhook): void
	/** It was never taken, and is not tried any more. */
	givenUp(lane: Lane, number: number, letter: Letterhead): void
	/** What is known of a lane's attempts has changed. */
	noted(lane: Lane): void
	/** The target answered 410 Gone. */
	gone(webhook: Webhook): void
	/** An attempt has ended. */
	attempted(): void
}

type Attempt = { lane: Lane; number: number; letter: Letterhead; isProbe: boolean }

/** After the log could not be read. */
const RETRY_MS = 5_000
/** For attempts that are under way at the end. */
const GRACE_MS = 2_000

/**
 * Offers what waits to one webhook, the oldest first: of each chat one event at a time, of the others as many as
 * the schedule allows. A target that is down is only probed.
 */
export function createDispatch(options: DispatchOptions) {
	const { lanes, post, clock, schedule, log } = options
	let breaker = createBreaker(schedule)
	let downSince: number | undefined
	let probeAt = 0
	let probes = 0
	let takenAt = -Infinity
	let isProbing = false
	let isClosed = false
	let alarm: { at: number; cancel: () => void } | undefined
	const flights = new Set<Promise<void>>()

	function pump() {
		if (isClosed) return
		if (breaker.isDown) {
			if (lanes.count && !isProbing) wakeAt(probeAt)
			return
		}
		while (lanes.flying < schedule.parallel) {
			const lane = lanes.take()
			if (!lane) break
			launch(lane, false)
		}
		const soonest = lanes.soonest()
		if (soonest !== undefined && lanes.flying < schedule.parallel) wakeAt(soonest)
	}

	function wakeAt(at: number) {
		if (alarm?.at === at) return
		sleep()
		const wake = () => {
			alarm = undefined
			if (breaker.isDown && !isProbing) probe()
			else pump()
		}
		alarm = { at, cancel: clock.after(Math.max(0, at - clock.now()), wake) }
	}

	function sleep() {
		alarm?.cancel()
		alarm = undefined
	}

	function probe() {
		const lane = lanes.probe()
		if (!lane) return
		isProbing = true
		launch(lane, true)
	}

	function launch(lane: Lane, isProbe: boolean) {
		const flight = attempt(lane, isProbe).finally(() => {
			flights.delete(flight)
			if (isProbe) isProbing = false
			pump()
			options.attempted()
		})
		flights.add(flight)
	}

	async function attempt(lane: Lane, isProbe: boolean) {
		const number = lane.numbers.first!
		try {
			const webhook = options.webhook()
			if (!webhook) return lanes.postpone(lane, clock.now() + RETRY_MS)
			const letter = await options.letterFor(webhook, lane, number)
			if (!letter) return options.settled(lane, number)
			const outcome = await post(webhook, letter)
			if (outcome.why === null) {
				options.taken(webhook)
				return taken(lane, number)
			}
			if (outcome.status === 410) options.gone(webhook)
			// What is broken off at the end was no fair attempt.
			if (isClosed || outcome.status === 410) return lanes.postpone(lane, clock.now() + RETRY_MS)
			refused({ lane, number, letter, isProbe }, outcome)
		} catch (err) {
			// Its session has just ended, and this line is about to.
			const isEnding = isGatewayError(err, 'session_not_open')
			log[isEnding ? 'debug' : 'error']({ err, seq: number }, 'event could not be read')
			lanes.postpone(lane, clock.now() + RETRY_MS)
		}
	}

	function taken(lane: Lane, number: number) {
		log.debug({ seq: number }, 'event delivered')
		takenAt = clock.now()
		options.settled(lane, number)
		if (!breaker.succeeded()) return
		downSince = undefined
		sleep()
		log.info('webhook is back')
	}

	function refused(attempt: Attempt, outcome: Outcome) {
		const { lane, letter } = attempt
		const { why, isUnreachable, retryAfterMs } = outcome
		lane.why = why
		lane.failing ??= clock.now()
		log.warn({ event: letter.id, why }, 'webhook did not take the event')
		const isNews = breaker.failed(lane.key, isUnreachable)
		if (!breaker.isDown) return tryLater(attempt, outcome)
		if (isNews) goDown(retryAfterMs)
		else if (attempt.isProbe) {
			breaker.probeFailed()
			probeAt = clock.now() + Math.max(breaker.wait, retryAfterMs)
		}
		// If it may be the event's fault after all, the next probe is another chat's.
		if (!isUnreachable) lane.probed = ++probes
		lanes.postpone(lane, 0)
		options.noted(lane)
	}

	/** From now on no event is to blame, and none uses up its attempts. */
	function goDown(retryAfterMs: number) {
		downSince = clock.now()
		probeAt = clock.now() + Math.max(breaker.wait, retryAfterMs)
		lanes.hasten().forEach(options.noted)
		log.warn('webhook is down: it is probed until it answers')
	}

	function tryLater(attempt: Attempt, { isOfTarget, retryAfterMs }: Outcome) {
		const { lane, number, letter } = attempt
		// As long as it has taken nothing else, nothing says that this event is to blame.
		const isHeld = isOfTarget && takenAt < lane.failing!
		lane.attempts++
		if (isHeld) lane.attempts = Math.min(lane.attempts, schedule.waits.length - 1)
		const planned = schedule.waits[lane.attempts]
		if (planned === undefined) return options.givenUp(lane, number, letter)
		const wait = isHeld ? Math.min(planned, probeWait(lane.attempts)) : planned
		lanes.postpone(lane, clock.now() + Math.max(jittered(wait), retryAfterMs))
		options.noted(lane)
	}

	function probeWait(attempts: number): number {
		const [first, longest] = schedule.probeMs
		return Math.min(first * 2 ** (attempts - 1), longest)
	}

	return {
		/** Something is there to be offered. */
		pump,
		/** The target was down when this gateway stopped: it is tried with one event first. */
		startDown() {
			breaker = createBreaker(schedule, true)
			downSince = clock.now()
		},
		/** Since when the target is held to be down. */
		get downSince() {
			return downSince
		},
		/** Starts nothing more, and waits a little for what is under way. */
		async close() {
			isClosed = true
			sleep()
			const late = setTimeout(() => post.abort(), GRACE_MS)
			await Promise.all(flights)
			clearTimeout(late)
		},
	}
}

export type Dispatch = ReturnType<typeof createDispatch>
