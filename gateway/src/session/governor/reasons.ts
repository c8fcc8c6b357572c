import { GatewayError } from '../../errors.ts'
import { SECOND_MS } from '../../lib/units.ts'

/** Why something is not done now. */
export const limitReasons = [
	'reachout_timelock',
	'new_chat_cap',
	'quiet_hours',
	'first_messages_hour',
	'first_messages_day',
	'number_checks',
] as const

export type LimitReason = (typeof limitReasons)[number]

/** Why a message may not leave now, and when it may: Unix time in milliseconds. */
export type Hold = { reason: LimitReason; until: number }

const sentences: Record<LimitReason, string> = {
	reachout_timelock:
		'WhatsApp does not let this account write to people who have never written to it',
	new_chat_cap: 'The account has begun as many new chats as WhatsApp lets it',
	quiet_hours: 'These are the quiet hours of the session',
	first_messages_hour:
		'As many first messages as the governor lets out in an hour have gone to new people',
	first_messages_day:
		'As many first messages as the governor lets out in a day have gone to new people',
	number_checks: 'As many numbers as the governor allows were looked up',
}

const time = (ms: number) => `${new Date(ms).toISOString().slice(0, 16).replace('T', ' ')} UTC`

/** A plain sentence. */
export const sentenceOf = ({ reason, until }: Hold): string =>
	`${sentences[reason]}; the next is possible at ${time(until)}.`

/** Whole seconds, so that nothing comes too early. */
export const secondsUntil = (until: number, now: number): number =>
	Math.max(1, Math.ceil((until - now) / SECOND_MS))

/** The error for what is not done now. Nothing of it has happened: it may be asked for again as it is. */
export function governorRefuses(hold: Hold, now: number): GatewayError {
	const answers =
		hold.reason === 'number_checks' ? '' : ' Answers to people who have written go out meanwhile.'
	const advice = `${sentenceOf(hold)} Nothing was sent.${answers} See GET …/limits.`
	const retryAfter = secondsUntil(hold.until, now)
	return new GatewayError('governor_limited', advice, { reason: hold.reason, retryAfter })
}
