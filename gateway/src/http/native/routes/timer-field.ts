import { z } from '@hono/zod-openapi'
import { oneOf } from '../../../messages/fields/one-of.ts'

/** Seconds; 0 turns it off. */
const TIMERS = [0, 86_400, 604_800, 7_776_000] as const

/** After how long messages disappear. @param description names the values */
export const timerField = (description: string, example: (typeof TIMERS)[number]) =>
	z
		.literal(TIMERS)
		.meta(oneOf(TIMERS, { title: 'Disappears After', description, examples: [example] }))

/** The body of a route that sets a timer alone. */
export const timerBody = z.object({
	seconds: timerField('Seconds: 86400, 604800 or 7776000; 0 for never', 604_800),
})
