import { z } from '@hono/zod-openapi'
import { count } from './fields.ts'

/** Which part of a list is wanted, and in which order. */
export const pageFields = {
	limit: count.optional().meta({ description: 'All if left out' }),
	offset: count.default(0),
	sortOrder: z.enum(['asc', 'desc']).optional(),
}

type Page = { limit?: number | undefined; offset: number }

/** The part of a list that is wanted; a limit of 0 is as good as none. */
export const pageOf = <T>(list: readonly T[], { limit, offset }: Page): T[] =>
	list.slice(offset, limit ? offset + limit : undefined)

type Sortable = string | number | null

/** Sorts by a value of each; what has none is last in either order. */
export function sortedBy<T>(
	list: readonly T[],
	valueOf: (each: T) => Sortable,
	order: 'asc' | 'desc' = 'asc',
): T[] {
	const sign = order === 'asc' ? 1 : -1
	return list.toSorted((one, other) => {
		const [a, b] = [valueOf(one), valueOf(other)]
		if (a === null || b === null) return Number(a === null) - Number(b === null)
		return sign * (typeof a === 'string' ? a.localeCompare(String(b)) : a - Number(b))
	})
}
