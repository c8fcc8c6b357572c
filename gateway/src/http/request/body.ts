import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'
import { readForm, type Form, type UploadOptions } from '../multipart/index.ts'
import { invalid } from '../openapi/schemas.ts'

/** A request's body as its schema made it, and what removes the files that came with it. */
export type Body<Schema extends z.ZodType> = {
	input: z.output<Schema>
	dispose(): Promise<void>
}

/**
 * Reads and checks a body that is JSON, or a multipart form: a part for each field, in JSON where the field is
 * no text, and a part for each file.
 * @param otherNames of fields in JSON
 */
export async function readBody<Schema extends z.ZodObject>(
	c: Context,
	schema: Schema,
	uploads: UploadOptions,
	otherNames: Record<string, string> = {},
): Promise<Body<Schema>> {
	const form = isForm(c) ? await readForm(c.req.raw, uploads) : undefined
	const dispose = form?.dispose ?? (async () => {})
	try {
		const body = form ? fieldsOf(form.entries, schema) : renamed(await jsonOf(c), otherNames)
		const parsed = schema.safeParse(body)
		if (!parsed.success) throw invalid(parsed.error)
		return { input: parsed.data, dispose }
	} catch (error) {
		await dispose()
		throw error
	}
}

export function isForm(c: Context): boolean {
	return /^multipart\/form-data\s*(;|$)/i.test(c.req.header('content-type') ?? '')
}

/** @throws GatewayError invalid_json */
export async function jsonOf(c: Context): Promise<unknown> {
	if (!c.req.header('content-type')) return {}
	try {
		return await c.req.json()
	} catch (cause) {
		const advice = 'The body cannot be parsed as JSON. Check quotes and commas.'
		throw new GatewayError('invalid_json', advice, { cause })
	}
}

function renamed(body: unknown, otherNames: Record<string, string>): unknown {
	if (typeof body !== 'object' || body === null) return body
	const fields = body as Branch
	const given = Object.entries(otherNames).filter(([other]) => Object.hasOwn(fields, other))
	return { ...Object.fromEntries(given.map(([other, name]) => [name, fields[other]])), ...fields }
}

function fieldsOf(entries: Form['entries'], schema: z.ZodObject) {
	const fields: Record<string, unknown> = {}
	for (const [name, value] of entries) {
		const path = pathOf(name)
		const isText = typeof value === 'string'
		put(fields, path, isText ? read(value, schemaAt(schema, path)) : value)
	}
	return fields
}

// `items.0.image` and `items[0][image]` are the same.
function pathOf(name: string): string[] {
	const path = name.replaceAll(/\[(\w*)\]/g, '.$1').split('.')
	if (path.length <= 4 && path.every((step) => /^([a-z]\w*|\d{1,3})$/.test(step))) return path
	throw new GatewayError('invalid_request', `\`${name.slice(0, 60)}\` is no field's name.`)
}

type Branch = Record<string, unknown>

function put(fields: Branch, [step, ...rest]: string[], value: unknown) {
	if (!rest.length) {
		fields[step!] = value
		return
	}
	const inner = Object.hasOwn(fields, step!) ? fields[step!] : undefined
	const branch = inner ?? (/^\d/.test(rest[0]!) ? [] : {})
	if (typeof branch !== 'object') return
	fields[step!] = branch
	put(branch as Branch, rest, value)
}

// Everything in a form is text; what is wanted says whether it stands for something else.
function read(text: string, schema: z.ZodType | undefined): unknown {
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
