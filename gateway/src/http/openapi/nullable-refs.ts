type Schema = Record<string, unknown>

/**
 * Rewrites, in an OpenAPI document, what its generator makes of a named schema that may be null: all of the schema
 * and of null, which no value fits.
 */
export function mendNullableRefs<Part>(part: Part): Part {
	if (typeof part !== 'object' || part === null) return part
	if (Array.isArray(part)) return part.map(mendNullableRefs) as Part
	const entries = Object.entries(part).map(([name, inner]) => [name, mendNullableRefs(inner)])
	const schema = Object.fromEntries(entries) as Schema
	return (eitherOrNull(schema) ?? schema) as Part
}

function eitherOrNull({ allOf, ...around }: Schema): Schema | undefined {
	if (!Array.isArray(allOf) || allOf.length !== 2) return undefined
	const [named, { type, ...said }] = allOf as [Schema, Schema]
	const mayBeNull = Array.isArray(type) && type.includes('null')
	if (!named.$ref || !mayBeNull) return undefined
	return { ...around, ...said, anyOf: [named, { type: 'null' }] }
}
