import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'

type Value = string | Value[] | Fields
type Fields = { [name: string]: Value }

/** Deeper ones, and more of them, nobody means. */
const MAX_DEPTH = 5
const MAX_FIELDS = 1_000

/** Whether a body is what a browser sends of a form without files. */
export function isUrlencoded(c: Context): boolean {
	return /^application\/x-www-form-urlencoded\s*(;|$)/i.test(c.req.header('content-type') ?? '')
}

/**
 * The fields of such a body: brackets in a name lead into an object, or with nothing in them into a list.
 * @throws GatewayError invalid_request
 * @example
 * urlencodedFields('text=Hi&key[id]=3EB0&mentioned[]=1&mentioned[]=2')
 * // { text: 'Hi', key: { id: '3EB0' }, mentioned: ['1', '2'] }
 */
export function urlencodedFields(body: string): Fields {
	const entries = [...new URLSearchParams(body)]
	if (entries.length > MAX_FIELDS) throw tooManyFields()
	const fields = newFields()
	for (const [name, value] of entries) put(fields, stepsOf(name), value)
	return fields
}

// Without a prototype, no name means anything but itself.
const newFields = (): Fields => Object.create(null) as Fields

function stepsOf(name: string): string[] {
	const [, first, inside] = /^([^[\]]+)((?:\[[^[\]]*\])*)$/.exec(name) ?? [undefined, name, '']
	const steps = [...inside!.matchAll(/\[([^[\]]*)\]/g)].map(([, step]) => step!)
	return steps.length < MAX_DEPTH ? [first!, ...steps] : [name]
}

function put(into: Fields | Value[], [step = '', ...rest]: string[], value: string): void {
	const name = step === '' ? undefined : step
	if (!rest.length) return set(into, name, value)
	const known = name === undefined || Array.isArray(into) ? undefined : into[name]
	const inner = typeof known === 'object' ? known : rest[0] === '' ? [] : newFields()
	if (inner !== known) set(into, name, inner)
	put(inner, rest, value)
}

function set(into: Fields | Value[], name: string | undefined, value: Value): void {
	if (Array.isArray(into)) into.push(value)
	else into[name ?? String(Object.keys(into).length)] = value
}

function tooManyFields() {
	const advice = `A form may have at most ${MAX_FIELDS} fields.`
	return new GatewayError('payload_too_large', advice)
}
