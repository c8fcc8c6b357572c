import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'

/** An optional text; null and an empty one are as good as none. */
export const optionalText = z
	.string()
	.nullish()
	.transform((text) => text || undefined)

/** Whom a request is for. */
export const sessionField = optionalText.meta({
	description: 'Name of the session; `default` if left out',
	examples: ['default'],
})

export const chatIdField = z
	.string()
	.min(1)
	.meta({
		description: 'Phone number, or the id of a person, a group, a channel or a status',
		examples: ['11111111111@c.us'],
	})

/** True or false, which queries write as texts. */
export const flag = z.union(
	[
		z.boolean(),
		z
			.enum(['true', 'True', '1', 'false', 'False', '0'])
			.transform((text) => ['true', 'True', '1'].includes(text)),
	],
	'must be true or false',
)

/** A whole number of a query. */
export const count = z.union(
	[
		z.number().int().min(0),
		z
			.string()
			.regex(/^\d{1,9}$/)
			.transform(Number),
	],
	'must be a whole number',
)

const isRecord = (given: unknown): given is Record<string, unknown> =>
	typeof given === 'object' && given !== null && !Array.isArray(given)

/** The fields of a request: those of its query, where empty values are as good as none, and of its body. */
export function fieldsOf(c: Context, body: unknown): unknown {
	if (!isRecord(body)) return body
	return { ...queryOf(c), ...body }
}

function queryOf(c: Context): Record<string, unknown> {
	const given = Object.entries(c.req.queries()).filter(([name]) => name !== KEY_IN_QUERY)
	const filled = given.map(
		([name, values]) => [name, values.filter((value) => value !== '')] as const,
	)
	return Object.fromEntries(
		filled.flatMap(([name, values]) =>
			values.length ? [[name, values.length > 1 ? values : values[0]]] : [],
		),
	)
}

/** The name of the query parameter that carries the key. */
export const KEY_IN_QUERY = 'x-api-key'
