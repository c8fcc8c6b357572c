import type { z } from '@hono/zod-openapi'

/** One thing the outside world is told. */
export type EventDefinition<Type extends string, Data extends z.ZodType> = {
	/** As on the wire. */
	type: Type
	/** For people. */
	title: string
	/** When it is told, and what it does not mean. */
	description: string
	data: Data
	example: z.output<Data>
	/** Fields that are never written to the disk: they are null after `expires_at`. */
	ephemeral?: readonly (keyof z.output<Data> & string)[]
}

export function defineEvent<Type extends string, Data extends z.ZodType>(
	definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
	return definition
}
