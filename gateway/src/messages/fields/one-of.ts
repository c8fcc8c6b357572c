/**
 * Metadata of a `z.literal` with several numbers. The enum is given apart, since the generator of the OpenAPI document
 * shows only the first value of such a literal.
 * @example
 * const DURATIONS = [0, 86_400] as const
 * z.literal(DURATIONS).meta(oneOf(DURATIONS, { title: 'Duration', examples: [86_400] }))
 */
export const oneOf = <Meta extends { examples: number[] }>(
	values: readonly number[],
	meta: Meta,
) => ({
	...meta,
	enum: [...values],
})
