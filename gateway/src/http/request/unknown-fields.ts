import { z } from '@hono/zod-openapi'

type Issue = { path: PropertyKey[]; message: string }

/** An error repeats no more of a name. */
const MAX_NAME = 60

/** The fields of a body, at any depth, that its schema does not have: a misspelt one would be ignored in silence. */
export function unknownFields(
	value: unknown,
	schema: z.ZodType,
	path: PropertyKey[] = [],
): Issue[] {
	const bare = bareOf(schema)
	if (Array.isArray(value))
		return bare instanceof z.ZodArray
			? value.flatMap((item, index) =>
					unknownFields(item, bare.element as z.ZodType, [...path, index]),
				)
			: []
	return isPlainObject(value) ? unknownIn(value, objectsOf(bare), path) : []
}

function unknownIn(
	value: Record<string, unknown>,
	objects: z.ZodObject[] | undefined,
	path: PropertyKey[],
): Issue[] {
	if (!objects) return []
	const shape: Record<string, z.ZodType> = Object.assign({}, ...objects.map((one) => one.shape))
	const unknown = Object.keys(value).filter((name) => !Object.hasOwn(shape, name))
	const said = (name: string) => ({
		path: [...path, name.slice(0, MAX_NAME)],
		message: `unknown field${name === unknown[0] ? `; known are ${Object.keys(shape).join(', ') || 'none'}` : ''}`,
	})
	return Object.entries(value).flatMap(([name, field]) =>
		Object.hasOwn(shape, name) ? unknownFields(field, shape[name]!, [...path, name]) : [said(name)],
	)
}

/** The objects that a value may be; undefined if it may have any fields, or is none. */
function objectsOf(schema: z.ZodType): z.ZodObject[] | undefined {
	const bare = bareOf(schema)
	if (bare instanceof z.ZodObject) return bare.def.catchall ? undefined : [bare]
	if (!(bare instanceof z.ZodUnion)) return undefined
	const options = bare.options as z.ZodType[]
	if (options.some((option) => isOpen(bareOf(option)))) return undefined
	return options.flatMap((option) => objectsOf(option) ?? [])
}

const isOpen = (schema: z.ZodType) =>
	schema instanceof z.ZodRecord ||
	schema instanceof z.ZodUnknown ||
	schema instanceof z.ZodAny ||
	(schema instanceof z.ZodObject && schema.def.catchall !== undefined)

/** What is given, without what is wrapped around it or made of it afterwards. */
export function bareOf(schema: z.ZodType): z.ZodType {
	if (schema instanceof z.ZodPipe) return bareOf(schema.in as z.ZodType)
	const isWrapped =
		schema instanceof z.ZodOptional ||
		schema instanceof z.ZodDefault ||
		schema instanceof z.ZodNullable
	return isWrapped ? bareOf(schema.unwrap() as z.ZodType) : schema
}

// Files are instances of a class.
const isPlainObject = (value: unknown): value is Record<string, unknown> =>
	typeof value === 'object' &&
	value !== null &&
	[Object.prototype, null].includes(Object.getPrototypeOf(value))
