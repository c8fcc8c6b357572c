import type { KnownLimits } from '../state/governor.ts'
import type { Limits } from './figures.ts'
import { sentenceOf, type Hold } from './reasons.ts'
import { figuresOf, isoOf } from './tell.ts'

export type GovernorFacts = {
	limits: Limits
	known: KnownLimits
	/** What holds up the next first message. */
	hold: Hold | undefined
	firsts: Used
	checks: Used
	/** To how many new people the same text went within a day. */
	sameText: number
}

type Used = { hour: number; day: number }

/** How things stand, as the API tells it. */
export type GovernorView = ReturnType<typeof governorViewOf>

export function governorViewOf({ limits, known, hold, firsts, checks, sameText }: GovernorFacts) {
	const { reachout, newChats } = figuresOf(known)
	const { perHour, perDay, checksPerHour, checksPerDay, warmUpUntil } = limits
	return {
		mode: limits.mode,
		state: hold ? ('paused' as const) : ('open' as const),
		reason: hold?.reason ?? null,
		text: textOf(limits, firsts, hold),
		next_at: hold ? isoOf(hold.until) : null,
		first_messages: {
			hour: figure(firsts.hour, perHour),
			day: figure(firsts.day, perDay),
		},
		number_checks: {
			hour: figure(checks.hour, checksPerHour),
			day: figure(checks.day, checksPerDay),
		},
		warm_up_until: warmUpUntil === null ? null : isoOf(warmUpUntil),
		same_text: sameText,
		asked_at: known.askedAt ? isoOf(known.askedAt) : null,
		reachout,
		new_chats: newChats,
	}
}

const figure = (used: number, limit: number | null) => ({
	used,
	limit,
	remaining: limit === null ? null : Math.max(0, limit - used),
})

function textOf({ mode, perHour, perDay, warmUpUntil }: Limits, firsts: Used, hold?: Hold): string {
	if (mode === 'off') return 'The governor is off: messages to new people are not limited.'
	if (hold) return sentenceOf(hold)
	const used =
		`New people may be written to: ${firsts.hour} of ${perHour} first messages in the last hour, ` +
		`${firsts.day} of ${perDay} in the last day.`
	return warmUpUntil === null
		? used
		: `${used} The device was linked lately: the limits grow until ${isoOf(warmUpUntil).slice(0, 10)}.`
}
