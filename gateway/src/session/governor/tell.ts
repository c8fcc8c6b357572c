import { SECOND_MS } from '../../lib/units.ts'
import type { Clock } from '../../lib/clock.ts'
import type { NewEvent } from '../../events/index.ts'
import type { SessionContext } from '../session-context.ts'
import type { KnownLimits } from '../state/governor.ts'
import type { SessionState } from '../state/index.ts'
import { sentenceOf } from './reasons.ts'
import { capOf, lockedUntil, nothingKnown } from './whatsapp-limits.ts'

type LimitsEvent = Extract<NewEvent, { type: 'session.limits' }>['data']

export type TellOptions = Pick<SessionContext, 'publish' | 'failed'> & { clock: Clock }

/**
 * Tells by an event when what WhatsApp allows has changed: a pause begins or ends, or a figure is another one. Each change
 * is told once, also over restarts.
 * @returns what compares and tells; `stop` ends the timer for the end of a pause
 */
export function createTelling({ publish, failed, clock }: TellOptions) {
	let cancel = () => {}

	/** @returns whether there was something to tell; what is known is committed with it then */
	function tell(ready: SessionState): boolean {
		const known = ready.governor.get('whatsapp') ?? nothingKnown
		const now = clock.now()
		const data = dataOf(known, now)
		cancel()
		if (data.until !== null)
			cancel = clock.after(lockedUntil(known) - now, () => void (isStopped || tell(ready)))
		const told = JSON.stringify(data)
		if (told === (known.told ?? JSON.stringify(dataOf(nothingKnown, now)))) return false
		const change = ready.governor.set('whatsapp', { ...known, told })
		ready.record({ type: 'session.limits', data }, [change]).then(publish, failed)
		return true
	}

	let isStopped = false

	return {
		tell,
		stop() {
			isStopped = true
			cancel()
		},
	}
}

function dataOf(known: KnownLimits, now: number): LimitsEvent {
	const locked = lockedUntil(known)
	const reason = locked > now ? 'reachout_timelock' : capOf(known, () => 0) ? 'new_chat_cap' : null
	const { reachout, newChats } = figuresOf(known)
	return {
		state: reason ? 'paused' : 'open',
		reason,
		until: locked > now ? isoOf(locked) : null,
		text: reason
			? locked > now
				? sentenceOf({ reason: 'reachout_timelock', until: locked })
				: 'The account has begun as many new chats as WhatsApp lets it.'
			: 'WhatsApp lets the account write to new people.',
		reachout,
		new_chats: newChats,
	}
}

/** What WhatsApp said, as the API has it. */
export function figuresOf({ reachout, newChats }: KnownLimits) {
	const { until } = reachout
	return {
		reachout: { ...reachout, until: until === null ? null : isoOf(until * SECOND_MS) },
		newChats,
	}
}

export const isoOf = (ms: number) => new Date(ms).toISOString()
