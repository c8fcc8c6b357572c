import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'
import { Upload } from '../../messages/media-source.ts'
import type { Form } from '../multipart/index.ts'
import { jsonOf } from '../request/body.ts'
import { invalid } from '../openapi/schemas.ts'

/** A field of theirs that we cannot do anything with: whoever sets it is told so. */
export const unsupported = z.unknown().optional().meta({ description: 'Not supported' })

/** What a body says: JSON, or a form with lists of files. */
export async function bodyOf(c: Context, form: Form | undefined): Promise<unknown> {
	if (form) return fieldsIn(form)
	const isEmpty = c.req.method === 'GET' || (await c.req.text()) === ''
	return isEmpty ? {} : jsonOf(c)
}

function fieldsIn({ entries }: Form): Record<string, unknown> {
	const fields = new Map<string, unknown>()
	for (const [name, value] of entries) {
		const before = fields.get(name)
		const isFile = value instanceof Upload
		fields.set(name, isFile ? [...(Array.isArray(before) ? before : []), value] : value)
	}
	return Object.fromEntries(fields)
}

/**
 * Checks what a request says. Unknown fields of a strict schema are refused; those of another are named in the
 * header `Ignored-Fields`.
 */
export function checkFields<Schema extends z.ZodObject>(
	c: Context,
	schema: Schema,
	given: unknown,
): z.output<Schema> {
	const parsed = check(schema, given)
	const ignored = Object.keys(given as object).filter((name) => !Object.hasOwn(schema.shape, name))
	if (ignored.length) c.header('Ignored-Fields', ignored.map(encodeURIComponent).join(', '))
	return parsed
}

/** @throws GatewayError invalid_request, or not_supported, naming the field */
export function check<Schema extends z.ZodObject>(
	schema: Schema,
	given: unknown,
): z.output<Schema> {
	const parsed = schema.safeParse(withoutNulls(schema, given))
	if (!parsed.success) throw invalid({ issues: parsed.error.issues.flatMap(named(schema)) })
	for (const [name, field] of Object.entries(schema.shape)) {
		if (field === unsupported && parsed.data[name] !== undefined) throw cannot(`\`${name}\``, name)
	}
	return parsed.data
}

/** Many clients write null for an optional field that they leave out. */
function withoutNulls({ shape }: z.ZodObject, given: unknown): unknown {
	if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
	const isOptional = (name: string) =>
		Object.hasOwn(shape, name) && z.safeParse(shape[name]!, undefined).success
	return Object.fromEntries(
		Object.entries(given).filter(([name, value]) => value !== null || !isOptional(name)),
	)
}

/** The error of what cannot be expressed here. */
export function cannot(what: string, field?: string): GatewayError {
	const advice = `${what} is not supported by this gateway.`
	return new GatewayError('not_supported', advice, field ? { field } : {})
}

// Unknown fields are named one by one, each with its place.
function named(schema: z.ZodObject) {
	return (issue: z.core.$ZodIssue) => {
		if (issue.code !== 'unrecognized_keys') return [issue]
		const known = issue.path.length ? '' : `. Known are ${Object.keys(schema.shape).join(', ')}`
		return issue.keys.map((key) => ({
			path: [...issue.path, key],
			message: `is no field of this request${known}`,
		}))
	}
}
