import { z } from '@hono/zod-openapi'
import type { KeptFilter } from '../../../../session/kept-messages.ts'
import type { KeptMessage } from '../../../../session/state/messages.ts'
import { ackNames, ackOf } from '../ack.ts'
import { count, flag } from '../fields.ts'

const time = z.coerce
	.number()
	.int()
	.min(0)
	.optional()
	.meta({ description: 'Unix time in seconds, inclusive' })

/** How many messages an answer has, if nothing is said. */
const LIMIT = 10

/** What a list of messages is asked with. */
export const listFields = {
	limit: pageSize(LIMIT, 10_000),
	offset: count.default(0),
	downloadMedia: flag
		.default(true)
		.meta({ description: 'Whether messages say where their file is' }),
	merge: flag.default(true).meta({ description: 'A person has one chat either way' }),
	sortBy: z.enum(['timestamp', 'messageTimestamp']).optional(),
	sortOrder: z.enum(['asc', 'desc']).default('desc'),
	'filter.timestamp.gte': time,
	'filter.timestamp.lte': time,
	'filter.fromMe': flag.optional(),
	'filter.ack': z.enum(ackNames).optional(),
}

export type ListQuery = z.output<z.ZodObject<typeof listFields>>

/** How many entries an answer has; 0 is as good as nothing. */
export function pageSize(usual: number, most: number) {
	return count
		.transform((given) => given || usual)
		.pipe(z.number().max(most, `must not be greater than ${most}`))
		.default(usual)
}

/** The filters that the store knows. */
export const keptFilterOf = (query: ListQuery): KeptFilter => ({
	since: query['filter.timestamp.gte'],
	until: query['filter.timestamp.lte'],
	from_me: query['filter.fromMe'],
})

/** Whether a message has got as far as a list wants it to. */
export function fitsAck({ stage }: KeptMessage, { 'filter.ack': wanted }: ListQuery): boolean {
	return wanted === undefined || ackOf(stage).ackName === wanted
}
