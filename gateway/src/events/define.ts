import type { z } from '@hono/zod-openapi'

/** One thing the outside world is told: its type as on the wire, a title for people, its data. */
export type EventDefinition<Type extends string, Data extends z.ZodType> = {
	type: Type
	title: string
	data: Data
}

export function defineEvent<Type extends string, Data extends z.ZodType>(
	definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
	return definition
}
