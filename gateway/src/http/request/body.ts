import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'
import { readForm, type MultipartForm, type UploadOptions } from '../multipart/index.ts'
import { malformedJson } from '../errors/malformed-json.ts'
import { invalidRequest } from '../openapi/schemas.ts'

/** The validated body of a request. `dispose` removes the files that came with it. */
export type ParsedBody<Schema extends z.ZodType> = {
	input: z.output<Schema>
	dispose(): Promise<void>
}

/**
 * Reads and validates a body: JSON, or a multipart form with one part per field, which holds JSON unless the field is
 * text, and one part per file.
 * @param otherNames other names of fields in JSON, with the name in the schema
 * @throws GatewayError invalid_json, invalid_request or media_too_large
 */
export async function readBody<Schema extends z.ZodObject>(
	c: Context,
	schema: Schema,
	uploads: UploadOptions,
	otherNames: Record<string, string> = {},
): Promise<ParsedBody<Schema>> {
	const form = isForm(c) ? await readForm(c.req.raw, uploads) : undefined
	const dispose = form?.dispose ?? (async () => {})
	try {
		const body = form ? fieldsIn(form.entries, schema) : renamed(await jsonOf(c), otherNames)
		const parsed = schema.safeParse(body)
		if (!parsed.success) throw invalidRequest(parsed.error)
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

/** The body as JSON; an empty object if it has no content type. @throws GatewayError invalid_json */
export async function jsonOf(c: Context): Promise<unknown> {
	if (!c.req.header('content-type')) return {}
	try {
		return await c.req.json()
	} catch (cause) {
		throw malformedJson(cause)
	}
}

function renamed(body: unknown, otherNames: Record<string, string>): unknown {
	if (typeof body !== 'object' || body === null) return body
	const fields = body as Branch
	const given = Object.entries(otherNames).filter(([other]) => Object.hasOwn(fields, other))
	return { ...Object.fromEntries(given.map(([other, name]) => [name, fields[other]])), ...fields }
}

function fieldsIn(entries: MultipartForm['entries'], schema: z.ZodObject) {
	const fields: Record<string, unknown> = {}
	for (const [name, value] of entries) {
		const path = pathOf(name)
		const isText = typeof value === 'string'
		setAt(fields, path, isText ? parseText(value, schemaAt(schema, path)) : value)
	}
	return fields
}

// `items.0.image` and `items[0][image]` are the same.
function pathOf(name: string): string[] {
	const path = name.replaceAll(/\[(\w*)\]/g, '.$1').split('.')
	if (path.length <= 4 && path.every((step) => /^([a-z]\w*|\d{1,3})$/.test(step))) return path
	throw new GatewayError('invalid_request', `\`${name.slice(0, 60)}\` is not a valid field name.`)
}

type Branch = Record<string, unknown>

function setAt(fields: Branch, [step, ...rest]: string[], value: unknown) {
	if (!rest.length) {
		fields[step!] = value
		return
	}
	const inner = Object.hasOwn(fields, step!) ? fields[step!] : undefined
	const branch = inner ?? (/^\d/.test(rest[0]!) ? [] : {})
	if (typeof branch !== 'object') return
	fields[step!] = branch
	setAt(branch as Branch, rest, value)
}

// Everything in a form is text; the schema tells whether it stands for something else.
function parseText(text: string, schema: z.ZodType | undefined): unknown {
	if (schema instanceof z.ZodString || schema instanceof z.ZodEnum) return text
	try {
		return JSON.parse(text)
	} catch {
		return text
	}
}

function schemaAt(schema: z.ZodType | undefined, [step, ...rest]: string[]): z.ZodType | undefined {
	const bare = bareOf(schema)
	if (step === undefined) return bare
	if (bare instanceof z.ZodObject) return schemaAt(bare.shape[step], rest)
	return bare instanceof z.ZodArray ? schemaAt(bare.element as z.ZodType, rest) : undefined
}

function bareOf(schema: z.ZodType | undefined): z.ZodType | undefined {
	if (schema instanceof z.ZodPipe) return bareOf(schema.in as z.ZodType)
	const wrapped = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault
	return wrapped ? bareOf(schema.unwrap() as z.ZodType) : schema
}
