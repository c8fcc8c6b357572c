import type { Document, Operation, Schema } from './operations.ts'
import type { Random } from '../../../support/random.ts'

/** What fields of a name may well hold, so that requests get further than the first check. */
export type Known = (name: string) => readonly unknown[]

export type GeneratorOptions = {
	document: Document
	random: Random
	known: Known
	/** How likely a field is given that may be left out. */
	optional: number
	/** How likely a part of the address is nonsense. */
	nonsense?: number
}

/** A request as it goes out. */
export type Generated = {
	method: string
	path: string
	headers: Record<string, string>
	body?: unknown
}

export type Generator = ReturnType<typeof createGenerator>

const words = [
	'x',
	'hello',
	'Ünïcödé 🎉',
	'\u202eright to left',
	'a\u0000b',
	"'; --",
	'<b>',
	'${x}',
]
const texts: readonly string[] = [
	'main',
	'https://example.com/x',
	'data:image/png;base64,iVBORw0KGgo=',
	'4915112345678',
	'120363000000000001@g.us',
	'120363000000000001@newsletter',
	'AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=',
	'#a1b2c3',
	'EUR',
	'text/plain',
	'name;3',
]
const steps: readonly string[] = [
	...['%00', '%F0%9F%8E%89', 'x'.repeat(2_000), 'null', '-1', '%E0%A4%A'],
	...['__proto__', 'constructor'],
]
const formats: Record<string, string> = {
	uri: 'https://example.com/x',
	uuid: '7d444840-9dc0-11d1-b245-5ffdce74fad2',
	'date-time': '2026-11-21T12:00:00Z',
	email: 'ada@example.com',
}

/** With these a message waits for minutes, and all that comes after it in its chat. */
const delaying = new Set(['typing', 'typing_seconds', 'pause_seconds'])

/** Makes requests that fit what the OpenAPI document says of them. */
export function createGenerator(options: GeneratorOptions) {
	const { document, random, known, optional, nonsense = 0 } = options
	const { pick, chance, below } = random

	function resolved(schema: Schema): Schema {
		if (!schema.$ref) return schema
		const steps = (schema.$ref as string).split('/').slice(1)
		return resolved(steps.reduce<any>((place, step) => place[step], document))
	}

	function value(given: Schema, name: string, depth = 0): unknown {
		const schema = resolved(given)
		if ('const' in schema) return schema.const
		if (schema.enum) return pick(schema.enum as unknown[])
		const either = schema.anyOf ?? schema.oneOf
		if (either) return value(pick(either as Schema[]), name, depth)
		if (schema.allOf)
			return Object.assign({}, ...schema.allOf.map((part: Schema) => value(part, name, depth)))
		const type = Array.isArray(schema.type) ? pick(schema.type as string[]) : schema.type
		if (type === 'object' || schema.properties) return object(schema, depth)
		if (type === 'array') return array(schema, name, depth)
		if (type === 'integer' || type === 'number') return number(schema)
		if (type === 'boolean') return chance(0.5)
		if (type === 'null') return null
		return text(schema, name)
	}

	function object({ properties = {}, required = [] }: Schema, depth: number) {
		const wanted = Object.entries<Schema>(properties).filter(
			([name]) => required.includes(name) || (depth < 4 && !delaying.has(name) && chance(optional)),
		)
		return Object.fromEntries(
			wanted.map(([name, schema]) => [name, value(schema, name, depth + 1)]),
		)
	}

	function array({ items = {}, minItems = 0, maxItems = 3 }: Schema, name: string, depth: number) {
		const length = Math.min(maxItems, minItems + below(2))
		return Array.from({ length }, () => value(items, name, depth + 1))
	}

	function number({ type, minimum, maximum, exclusiveMinimum }: Schema) {
		const low = Math.max(minimum ?? -5, exclusiveMinimum ?? -5)
		const high = Math.min(maximum ?? low + 10, low + 1000)
		const found = low + ((high - low) * (1 + below(100))) / 100
		return type === 'integer' ? Math.ceil(found) : found
	}

	function text({ pattern, format, minLength = 0, maxLength = Infinity }: Schema, name: string) {
		const fits = (candidate: unknown): candidate is string =>
			typeof candidate === 'string' &&
			candidate.length >= minLength &&
			candidate.length <= maxLength &&
			(!pattern || new RegExp(pattern).test(candidate))
		const fitting = known(name).filter(fits)
		if (fitting.length) return pick(fitting)
		if (format === 'binary') return { filename: `${pick(words)}.txt`, bytes: pick(words) }
		if (format && formats[format]) return formats[format]
		if (pattern) return pick([...texts.filter(fits), 'x'].slice(0, 3))
		return pick(words)
			.padEnd(minLength, 'x')
			.slice(0, Math.min(maxLength, Math.max(minLength, 40)))
	}

	function filled(path: string): string {
		return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
			if (chance(nonsense)) return pick(steps)
			const values = known(name)
			return values.length ? encodeURIComponent(String(pick(values))) : 'none'
		})
	}

	/** An example leads further than chance; what this world knows leads furthest. */
	function withExample(body: unknown, example: unknown): unknown {
		if (typeof body !== 'object' || body === null || !example) return body
		const given = Object.entries(example).filter(([name]) => !known(name).length)
		return { ...body, ...Object.fromEntries(given) }
	}

	return {
		value,
		/** @param type the content type of the body; the first one, if left out */
		request(
			{ method, path, parameters, bodies }: Operation,
			type = Object.keys(bodies)[0],
		): Generated {
			const query = new URLSearchParams()
			const headers: Record<string, string> = {}
			for (const { name, in: place, required, schema } of parameters) {
				if (place === 'path' || !(required || chance(optional))) continue
				const text = String(value(schema, name))
				if (place === 'query') query.set(name, text)
				else headers[name] = text.replaceAll(/[^\x20-\x7e]/g, '?')
			}
			const search = query.size ? `?${query}` : ''
			const made: Generated = { method, path: filled(path) + search, headers }
			if (!type) return made
			headers['content-type'] = type
			const { schema, example } = bodies[type]!
			const body = value(schema, '')
			made.body = chance(0.7) ? withExample(body, example) : body
			return made
		},
	}
}
