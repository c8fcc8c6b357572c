type Schema = Record<string, unknown>

/**
 * Corrects how the generator writes a named schema that may be null: as `allOf` the schema and null, which no value
 * satisfies. It becomes `anyOf`.
 */
export function fixNullableRefs<Part>(part: Part): Part {
	if (typeof part !== 'object' || part === null) return part
	if (Array.isArray(part)) return part.map(fixNullableRefs) as Part
	const entries = Object.entries(part).map(([name, inner]) => [name, fixNullableRefs(inner)])
	const schema = Object.fromEntries(entries) as Schema
	return (refOrNull(schema) ?? schema) as Part
}

function refOrNull({ allOf, ...around }: Schema): Schema | undefined {
	if (!Array.isArray(allOf) || allOf.length !== 2) return undefined
	const [named, { type, ...annotations }] = allOf as [Schema, Schema]
	const mayBeNull = Array.isArray(type) && type.includes('null')
	if (!named.$ref || !mayBeNull) return undefined
	return { ...around, ...annotations, anyOf: [named, { type: 'null' }] }
}
