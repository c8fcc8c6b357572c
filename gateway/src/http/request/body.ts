import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { malformedJson } from '../errors/malformed-json.ts'
import { readJson } from '../json/index.ts'
import { readForm } from '../multipart/index.ts'
import { invalidRequest } from '../openapi/schemas.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { fieldsOfForm } from './form-fields.ts'
import { unknownFields } from './unknown-fields.ts'

/** The validated body of a request. `dispose` removes the files that came with it. */
export type ParsedBody<Schema extends z.ZodType> = {
	input: z.output<Schema>
	dispose(): Promise<void>
}

/**
 * Reads and validates a body: JSON, or a multipart form with one part per field, which holds JSON unless the field is
 * text, and one part per file. A field that the schema does not have is refused.
 * @param otherNames other names of fields in JSON, with the name in the schema
 * @throws GatewayError invalid_json, invalid_request, payload_too_large or media_too_large
 */
export async function readBody<Schema extends z.ZodObject>(
	c: Context,
	schema: Schema,
	uploads: UploadOptions,
	otherNames: Record<string, string> = {},
): Promise<ParsedBody<Schema>> {
	const form = isForm(c) ? await readForm(c, uploads) : undefined
	const json = form ? undefined : await jsonOf(c, schema, uploads)
	const dispose = form?.dispose ?? json?.dispose ?? (async () => {})
	try {
		const fields = form ? fieldsOfForm(form.entries, schema) : renamed(json?.value, otherNames)
		const parsed = schema.safeParse(fields)
		const issues = [...(parsed.error?.issues ?? []), ...unknownFields(fields, schema)]
		if (!parsed.success || issues.length) throw invalidRequest({ issues })
		return { input: parsed.data, dispose }
	} catch (error) {
		await dispose()
		throw error
	}
}

/** Whether a body is a multipart form. */
export function isForm(c: Context): boolean {
	return /^multipart\/form-data\s*(;|$)/i.test(c.req.header('content-type') ?? '')
}

async function jsonOf(c: Context, schema: z.ZodType, uploads: UploadOptions) {
	const empty = { value: {}, dispose: undefined }
	if (!c.req.header('content-type')) return empty
	const json = await readJson(c, uploads)
	if (json.value !== undefined) return json
	if (schema.safeParse({}).success) return empty
	throw malformedJson(new SyntaxError('The body is empty'))
}

function renamed(body: unknown, otherNames: Record<string, string>): unknown {
	if (typeof body !== 'object' || body === null) return body
	const fields = body as Record<string, unknown>
	const others = Object.entries(otherNames).filter(([other]) => Object.hasOwn(fields, other))
	const ours = Object.entries(fields).filter(([name]) => !Object.hasOwn(otherNames, name))
	return Object.fromEntries([...others.map(([other, name]) => [name, fields[other]]), ...ours])
}
