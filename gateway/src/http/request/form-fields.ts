import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../errors.ts'
import type { MultipartForm } from '../multipart/index.ts'
import { bareOf } from './unknown-fields.ts'

/** Text may be entered: a file can be put into a list that came as JSON. A file may not: its fields are not the caller's. */
type Leaf = { value: unknown; isText: boolean }
type Branch = Map<string, Leaf | Branch>

const INDEX = /^(0|[1-9]\d{0,2})$/
const NAME = /^[a-z]\w*$/i
const MAX_STEPS = 4

/**
 * The fields of a form, as JSON would have them: `items.0.image` and `items[0][image]` are the same. The text of a field
 * is taken as it is if its schema takes a text, otherwise as JSON.
 * @throws GatewayError invalid_request for a name that cannot be a field's, or that contradicts another
 */
export function fieldsOfForm(entries: MultipartForm['entries'], schema: z.ZodObject): unknown {
	const root: Branch = new Map()
	for (const [name, value] of textsFirst(entries)) {
		const path = pathOf(name)
		const isText = typeof value === 'string'
		const given = isText ? parseText(value, schemaAt(schema, path)) : value
		put(root, path, { value: given, isText }, name)
	}
	return Object.fromEntries(named(root))
}

function pathOf(name: string): string[] {
	const path = name.replaceAll(/\[(\w*)\]/g, '.$1').split('.')
	const isStep = (step: string) => NAME.test(step) || INDEX.test(step)
	if (path.length <= MAX_STEPS && path.every(isStep)) return path
	throw badName(name, 'is not a valid field name.')
}

/** Files are put into the fields of the texts, in whichever order they come. */
function textsFirst(entries: MultipartForm['entries']): MultipartForm['entries'] {
	const isText = ([, value]: (typeof entries)[number]) => typeof value === 'string'
	return [...entries.filter(isText), ...entries.filter((entry) => !isText(entry))]
}

function put(branch: Branch, [step, ...rest]: string[], leaf: Leaf, name: string): void {
	const there = rest.length && !leaf.isText ? opened(branch.get(step!)) : branch.get(step!)
	const isBranch = there instanceof Map
	if (there && isBranch !== rest.length > 0) {
		throw badName(name, 'contradicts another field: one of them is a part of the other.')
	}
	if (!rest.length) return void branch.set(step!, leaf)
	const inner: Branch = isBranch ? there : new Map()
	branch.set(step!, inner)
	put(inner, rest, leaf, name)
}

/** A list or an object that came as text, as a branch. */
function opened(node: Leaf | Branch | undefined): Leaf | Branch | undefined {
	if (!node || node instanceof Map || !node.isText) return node
	const { value } = node
	if (typeof value !== 'object' || value === null || Object.keys(value).length === 0) return node
	return new Map(
		Object.entries(value).map(([step, inner]) => [step, { value: inner, isText: true }]),
	)
}

function valueOf(node: Leaf | Branch): unknown {
	if (!(node instanceof Map)) return node.value
	const indices = [...node.keys()].filter((step) => INDEX.test(step))
	if (indices.length === 0) return Object.fromEntries(named(node))
	if (indices.length < node.size) throw badName(indices[0]!, 'is an index beside names.')
	const list = Array.from<unknown>({ length: Math.max(...indices.map(Number)) + 1 })
	for (const [index, value] of named(node)) list[Number(index)] = value
	return list
}

const named = (branch: Branch) => [...branch].map(([step, node]) => [step, valueOf(node)] as const)

function badName(name: string, why: string): GatewayError {
	return new GatewayError('invalid_request', `\`${name.slice(0, 60)}\` ${why}`)
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
	const bare = schema && bareOf(schema)
	if (step === undefined) return bare
	if (bare instanceof z.ZodObject)
		return Object.hasOwn(bare.shape, step) ? schemaAt(bare.shape[step], rest) : undefined
	return bare instanceof z.ZodArray ? schemaAt(bare.element as z.ZodType, rest) : undefined
}
