import { z } from '@hono/zod-openapi'
import { bareOf } from '../../src/http/request/unknown-fields.ts'

/** A field of a message as its definition has it, out of what is wrapped around it. */
export type SchemaPart = {
	name: string
	schema: z.ZodType
	title: string
	description: string
	example: unknown
	/** The values of a number that people are offered, if it is one of several that are common. */
	common: number[] | undefined
	/** A send without it is refused. */
	required: boolean
	/** What the gateway takes if it is left out. */
	fallback: unknown
}

/** The fields of an object, in their order; the node does not offer deprecated ones. */
export function partsOf(object: z.ZodObject): SchemaPart[] {
	return Object.entries(object.shape as Record<string, z.ZodType>)
		.filter(([, field]) => !field.meta()?.deprecated)
		.map(([name, field]) => ({
			name,
			schema: bareOf(field),
			...wordsOf(field, name),
			required: !field.safeParse(undefined).success,
			fallback: field instanceof z.ZodDefault ? field.parse(undefined) : undefined,
		}))
}

/** True of a field that names a file (`messages/media-input.ts`). */
export function isFile(schema: z.ZodType): boolean {
	return (
		schema instanceof z.ZodUnion &&
		schema.options.some((form) => form instanceof z.ZodObject && 'media_key' in form.shape)
	)
}

/** The values of a field that has a few only. */
export function choicesOf(schema: z.ZodType): (string | number)[] | undefined {
	if (schema instanceof z.ZodEnum) return schema.options
	if (schema instanceof z.ZodLiteral) return [...schema.values] as (string | number)[]
	if (!(schema instanceof z.ZodUnion)) return undefined
	const choices = schema.options.map((option) => choicesOf(option as z.ZodType))
	return choices.every((choice) => choice !== undefined) ? choices.flat() : undefined
}

// Words may stand on the field, or on what is wrapped.
function wordsOf(field: z.ZodType, name: string) {
	const inner = field instanceof z.ZodOptional ? (field.unwrap() as z.ZodType) : field
	const meta = { ...inner.meta(), ...field.meta() }
	const examples = (meta.examples ?? []) as unknown[]
	const isList = examples.length > 1 && examples.every((example) => typeof example === 'number')
	return {
		title: meta.title ?? name,
		description: meta.description ?? '',
		example: examples[0],
		common: isList ? (examples as number[]) : undefined,
	}
}
