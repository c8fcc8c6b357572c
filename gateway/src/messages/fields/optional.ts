import type { z } from '@hono/zod-openapi'

/** The field, not required, with the words that zod drops on the way. */
export function optional<Field extends z.ZodType>(field: Field): z.ZodOptional<Field> {
	return field.optional().meta({ ...field.meta() }) as z.ZodOptional<Field>
}
