import { DAY_MS } from '../../lib/units.ts'
import type { GovernorMode, SessionSettings } from '../session-settings.ts'

/** How much a mode lets a number do. The figures are our judgement: WhatsApp publishes none. */
type Figures = {
	/** First messages to people who have never written to the account. */
	perHour: number
	perDay: number
	/** For so many days after the linking it is less: it begins with the share, and grows evenly. */
	warmUpDays: number
	firstShare: number
	/** Numbers that are looked up. */
	checksPerHour: number
	checksPerDay: number
	/** Between messages to different people, unless they are answers. */
	pauseSeconds: number
	/** Whether messages that are no answers show that the account is typing. */
	typing: boolean
}

const figures: Record<Exclude<GovernorMode, 'off'>, Figures> = {
	mild: {
		perHour: 60,
		perDay: 250,
		warmUpDays: 7,
		firstShare: 1 / 3,
		checksPerHour: 1_000,
		checksPerDay: 3_000,
		pauseSeconds: 0,
		typing: false,
	},
	strict: {
		perHour: 10,
		perDay: 40,
		warmUpDays: 14,
		firstShare: 1 / 4,
		checksPerHour: 100,
		checksPerDay: 300,
		pauseSeconds: 5,
		typing: true,
	},
}

/** What holds for a session now; null where nothing is limited. */
export type Limits = {
	mode: GovernorMode
	perHour: number | null
	perDay: number | null
	checksPerHour: number | null
	checksPerDay: number | null
	/** Unix time in milliseconds; null once it is over. */
	warmUpUntil: number | null
	pauseMs: number
	typing: boolean
}

/**
 * @param mode of the gateway, which a session may replace
 * @param linkedAt when the device was linked: Unix time in milliseconds
 */
export function limitsOf(
	{ governor: own }: Pick<SessionSettings, 'governor'>,
	mode: GovernorMode,
	linkedAt: number,
	now: number,
): Limits {
	const chosen = own.mode ?? mode
	const pauseMs =
		(own.pause_seconds ?? (chosen === 'strict' ? figures.strict.pauseSeconds : 0)) * 1000
	const typing = own.typing ?? (chosen === 'strict' && figures.strict.typing)
	if (chosen === 'off')
		return {
			...{ mode: chosen, perHour: null, perDay: null, checksPerHour: null, checksPerDay: null },
			...{ warmUpUntil: null, pauseMs, typing },
		}
	const { perHour, perDay, warmUpDays, firstShare, checksPerHour, checksPerDay } = figures[chosen]
	const days = Math.max(0, now - linkedAt) / DAY_MS
	const share = Math.min(1, firstShare + ((1 - firstShare) * Math.floor(days)) / warmUpDays)
	const warmed = (figure: number) => Math.max(1, Math.floor(figure * share))
	return {
		mode: chosen,
		// What the owner of a session has set holds from the first day.
		perHour: own.first_messages_per_hour ?? warmed(perHour),
		perDay: own.first_messages_per_day ?? warmed(perDay),
		checksPerHour,
		checksPerDay,
		warmUpUntil: share < 1 ? linkedAt + warmUpDays * DAY_MS : null,
		pauseMs,
		typing,
	}
}
