import { jittered } from '../lib/backoff.ts'
import type { Log } from '../log.ts'
import type { Membership } from '../storage/membership.ts'
import type { Hand } from './hand.ts'
import { toClaim } from './share.ts'

/** How often it is looked for sessions that no node has, give or take a part. */
const LOOK_MS = 1_000
const UNEVEN = 0.3
/** News of one session mostly comes with that of others. */
const TOGETHER_MS = 20
/** Nodes that start together share the sessions. */
const FIRST_LOOK_MS = 1_000

export type ClaimsOptions = {
	membership: Membership
	hand: Hand
	log: Log
	/** The sessions for which requests wait here: they are taken first. */
	wanted(): string[]
}

/** Takes over the sessions that no node has, and lets go of those that this one has lost. */
export function createClaims({ membership, hand, log, wanted }: ClaimsOptions) {
	let timer: NodeJS.Timeout | undefined
	let isRunning = false
	let isNews = false
	let isLooking = false
	let round: Promise<void> = Promise.resolve()
	let failing = false
	/** Whether there was more than could be opened at once. */
	let isMore = false
	let lookAt = 0

	async function look(): Promise<void> {
		lookAt = performance.now() + LOOK_MS
		await membership.buryDead()
		for (const id of await membership.findLost()) {
			log.warn({ session: id }, 'session taken over by another node')
			void hand.drop(id)
		}
	}

	async function claim(): Promise<void> {
		while (isRunning && hand.room() > 0) {
			const spread = await membership.spread()
			const most = Math.min(hand.room(), toClaim(spread))
			const ids = most > 0 ? await membership.claim(most, hand.shunned(), wanted()) : []
			isMore = spread.free > ids.length
			if (ids.length === 0) return
			log.info({ sessions: ids.length }, 'sessions claimed')
			for (const id of ids) void hand.open(id)
		}
	}

	async function lookAndGoOn() {
		isNews = false
		isLooking = true
		try {
			if (performance.now() >= lookAt) await look()
			await claim()
			failing = false
		} catch (err) {
			log[failing ? 'debug' : 'warn']({ err }, 'the database does not say who has which session')
			failing = true
		}
		isLooking = false
		next(isNews ? TOGETHER_MS : LOOK_MS)
	}

	function next(ms: number) {
		clearTimeout(timer)
		if (!isRunning) return
		timer = setTimeout(() => (round = lookAndGoOn()), jittered(ms, UNEVEN))
	}

	function news() {
		if (!isLooking && !isNews) next(TOGETHER_MS)
		isNews = true
	}

	membership.onChange(news)

	return {
		/** Another session may be opened here. */
		hasRoom: () => void (isMore && news()),
		start(firstLookMs = FIRST_LOOK_MS) {
			isRunning = true
			next(firstLookMs)
		},
		/** Claims nothing more. Waits for what is under way. */
		async stop() {
			isRunning = false
			clearTimeout(timer)
			await round
		},
	}
}
