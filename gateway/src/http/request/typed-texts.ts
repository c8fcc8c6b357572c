import { z } from '@hono/zod-openapi'

type Schema = z.core.$ZodType

/**
 * The texts of a form as what a schema wants: `"2"` as a number, `"true"` as true. What fits as it is stays as it is,
 * and what fits nowhere too: its error then speaks of what was given.
 * @example
 * typedTexts(z.object({ limit: z.number() }), { limit: '5' }) // { limit: 5 }
 */
export function typedTexts(schema: Schema, given: unknown): unknown {
	if (z.safeParse(schema, given).success) return given
	const { def } = (schema as z.ZodType)._zod as { def: z.core.$ZodTypeDef }
	const inner = innerOf(def)
	if (inner) return typedTexts(inner, given)
	if (isDef<z.core.$ZodObjectDef>(def, 'object')) return typedFields(def.shape, given)
	if (isDef<z.core.$ZodArrayDef>(def, 'array')) return typedItems(def.element, given)
	if (isDef<z.core.$ZodUnionDef>(def, 'union')) return firstThatFits(def.options, given)
	return def.type === 'number' || def.type === 'boolean' ? typedText(given) : given
}

/** The schema in one that adds a default, null or the like. */
const innerOf = (def: z.core.$ZodTypeDef): Schema | undefined =>
	(def as { innerType?: Schema }).innerType ?? (def as { in?: Schema }).in

const isDef = <Def extends z.core.$ZodTypeDef>(
	def: z.core.$ZodTypeDef,
	type: Def['type'],
): def is Def => def.type === type

function typedFields(shape: Readonly<Record<string, Schema>>, given: unknown): unknown {
	if (typeof given !== 'object' || given === null || Array.isArray(given)) return given
	const typed = ([name, value]: [string, unknown]) => {
		const field = Object.hasOwn(shape, name) ? shape[name] : undefined
		return [name, field ? typedTexts(field, value) : value]
	}
	return Object.fromEntries(Object.entries(given).map((entry) => typed(entry)))
}

const typedItems = (item: Schema, given: unknown): unknown =>
	Array.isArray(given) ? given.map((each) => typedTexts(item, each)) : given

function firstThatFits(options: readonly Schema[], given: unknown): unknown {
	const tries = options.map((option) => ({ option, typed: typedTexts(option, given) }))
	return tries.find(({ option, typed }) => z.safeParse(option, typed).success)?.typed ?? given
}

function typedText(given: unknown): unknown {
	if (given === 'true' || given === 'false') return given === 'true'
	const isNumber = typeof given === 'string' && /^-?\d{1,15}(\.\d+)?$/.test(given)
	return isNumber ? Number(given) : given
}
