import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'
import { Upload } from '../../messages/media-source.ts'
import { readJson } from '../json/index.ts'
import { readForm, type MultipartForm } from '../multipart/index.ts'
import { textOf } from '../raw-body.ts'
import { isForm } from '../request/body.ts'
import { typedTexts } from '../request/typed-texts.ts'
import { isUrlencoded, urlencodedFields } from '../request/urlencoded.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { invalidRequest } from '../openapi/schemas.ts'

/** A field of another system that the gateway cannot honour: a request that sets it is rejected. */
export const unsupportedField = z.unknown().optional().meta({ description: 'Not supported' })

/** The fields of a body, and `dispose`, which removes the files that came with it. */
export type Fields = { value: unknown; dispose(): Promise<void> }

/** Reads the fields of a body: of JSON, or of a form, whose files come as lists and all else as texts. */
export async function readFields(c: Context, uploads: UploadOptions): Promise<Fields> {
	const isEmpty = c.req.method === 'GET' || !c.req.header('content-type')
	if (isEmpty) return { value: {}, dispose: async () => {} }
	if (isForm(c)) {
		const form = await readForm(c, uploads)
		return { value: fieldsIn(form), dispose: form.dispose }
	}
	if (isUrlencoded(c)) return { value: urlencodedFields(await textOf(c)), dispose: async () => {} }
	const { value = {}, dispose } = await readJson(c, uploads)
	return { value, dispose }
}

function fieldsIn({ entries }: MultipartForm): Record<string, unknown> {
	const fields = new Map<string, unknown>()
	for (const [name, value] of entries) {
		const before = fields.get(name)
		const isFile = value instanceof Upload
		fields.set(name, isFile ? [...(Array.isArray(before) ? before : []), value] : value)
	}
	return Object.fromEntries(fields)
}

/**
 * Validates the fields of a request. A strict schema rejects unknown fields; another one ignores them and names them
 * in the header `Ignored-Fields`.
 * @throws GatewayError invalid_request or not_supported, with the field
 */
export function validateFields<Schema extends z.ZodObject>(
	c: Context,
	schema: Schema,
	given: unknown,
): z.output<Schema> {
	const parsed = validate(schema, isUrlencoded(c) ? typedTexts(schema, given) : given)
	const ignored = Object.keys(given as object).filter((name) => !Object.hasOwn(schema.shape, name))
	if (ignored.length)
		c.header('Ignored-Fields', ignored.slice(0, MAX_NAMED).map(inHeader).join(', '))
	return parsed
}

// A header of many names would be too long for clients.
const MAX_NAMED = 20

// Half a surrogate pair cannot be encoded.
const inHeader = (name: string) => encodeURIComponent(Buffer.from(name.slice(0, 60)).toString())

/** @throws GatewayError invalid_request or not_supported, with the field */
export function validate<Schema extends z.ZodObject>(
	schema: Schema,
	given: unknown,
): z.output<Schema> {
	const parsed = schema.safeParse(withoutNulls(schema, given))
	if (!parsed.success) {
		const issues = parsed.error.issues.flatMap(explainUnknownKeys(schema))
		throw invalidRequest({ issues })
	}
	for (const [name, field] of Object.entries(schema.shape)) {
		const isSet = parsed.data[name] !== undefined
		if (field === unsupportedField && isSet) throw notSupported(`\`${name}\``, name)
	}
	return parsed.data
}

/** Many clients send null for an optional field that they leave out. */
function withoutNulls({ shape }: z.ZodObject, given: unknown): unknown {
	if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
	const isOptional = (name: string) =>
		Object.hasOwn(shape, name) && z.safeParse(shape[name]!, undefined).success
	return Object.fromEntries(
		Object.entries(given).filter(([name, value]) => value !== null || !isOptional(name)),
	)
}

/** The error of a request for something that the gateway cannot do. */
export function notSupported(what: string, field?: string): GatewayError {
	const advice = `${what} is not supported by this gateway.`
	return new GatewayError('not_supported', advice, field ? { field } : {})
}

// One issue for each unknown field, with its path.
function explainUnknownKeys(schema: z.ZodObject) {
	return (issue: z.core.$ZodIssue) => {
		if (issue.code !== 'unrecognized_keys') return [issue]
		const known = issue.path.length
			? ''
			: `. Known fields are ${Object.keys(schema.shape).join(', ')}`
		return issue.keys.map((key) => ({
			path: [...issue.path, key],
			message: `is not a field of this request${known}`,
		}))
	}
}
