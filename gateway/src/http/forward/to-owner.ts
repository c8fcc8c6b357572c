import { setTimeout as delay } from 'node:timers/promises'
import type { GatewayError } from '../../errors.ts'
import { SECOND_MS } from '../../lib/units.ts'
import type { Log } from '../../log.ts'
import type { OwnerDirectory, Whereabouts } from './directory.ts'
import { outcomeUnknown } from '../errors/outcome-unknown.ts'
import { noOwner } from './errors.ts'
import type { Forwarded, Hop } from './hop.ts'

/** How long a request waits for a gateway that has its session: a takeover needs about half of it. */
const OWNER_MS = 25 * SECOND_MS
/** How often, and for how long, a request is sent to gateways that say they do not have the session. */
const MAX_REFUSALS = 3
const REFUSALS_MS = 10 * SECOND_MS
/** After a gateway did not answer: how long another owner is waited for before the same one is asked again. */
const OTHER_OWNER_MS = 2 * SECOND_MS
const BETWEEN_REFUSALS_MS = 200

/** What became of a request about a session that is not here. */
export type Destination =
	| { is: 'answered'; response: Response }
	/** It is here now. */
	| { is: 'here' }
	/** There is no such session. */
	| { is: 'unknown' }
	| { is: 'failed'; error: GatewayError }

type Found = Extract<Whereabouts, { is: 'elsewhere' }>

/** Forwards requests to the gateway that has their session. */
export type ToOwner = ReturnType<typeof createToOwner>

export function createToOwner({
	directory,
	hop,
	log,
}: {
	directory: OwnerDirectory
	hop: Hop
	log: Log
}) {
	/**
	 * Forwards a request, and waits for an owner where there is none.
	 * @param mayRepeat whether it may be sent again after it may have been carried out
	 */
	return async function toOwner(
		session: string,
		forwarded: Forwarded,
		mayRepeat: boolean,
	): Promise<Destination> {
		const { signal } = forwarded
		const start = performance.now()
		const left = (ms: number) => Math.max(0, start + ms - performance.now())
		let refusals = 0
		/** The epoch of an owner that did not answer. */
		let not: number | undefined

		for (;;) {
			const where = await look()
			if (where.is === 'here' || where.is === 'unknown') return { is: where.is }
			if (where.is === 'nowhere') return failed(noOwner(session))
			const destination = await sendTo(where)
			if (destination) return destination
			if (left(OWNER_MS) === 0 || signal.aborted) return failed(noOwner(session))
		}

		async function look(): Promise<Whereabouts> {
			const other = not
			not = undefined
			if (other !== undefined) {
				const ms = Math.min(OTHER_OWNER_MS, left(OWNER_MS))
				const found = await directory.waitForOwner(session, { ms, not: other, signal })
				if (found.is !== 'nowhere' && !isEpoch(found, other)) return found
			}
			const found = await directory.find(session)
			if (found.is !== 'nowhere') return found
			return directory.waitForOwner(session, { ms: left(OWNER_MS), signal })
		}

		/** @returns undefined to look again */
		async function sendTo(owner: Found): Promise<Destination | undefined> {
			const result = await hop.send(forwarded, owner, directory.node())
			if (result.is === 'answered') return result
			if (result.is === 'refused') {
				if (++refusals >= MAX_REFUSALS || left(REFUSALS_MS) === 0) return failed(noOwner(session))
				await delay(BETWEEN_REFUSALS_MS)
				return undefined
			}
			const { error: err } = result
			log.warn({ err, session, node: owner.node }, 'the gateway of a session does not answer')
			if (result.is === 'unanswered' && !mayRepeat)
				return failed(
					outcomeUnknown(`The gateway that serves session ${session} did not answer.`, err),
				)
			not = owner.epoch
			return undefined
		}
	}
}

const isEpoch = (where: Whereabouts, epoch: number) => 'epoch' in where && where.epoch === epoch

const failed = (error: GatewayError): Destination => ({ is: 'failed', error })
