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

/**
 * Defines an event. Put it into a file in `types/` and add it to the list in `index.ts`; its OpenAPI entry, its place in
 * the trigger's list and its test follow. A reader in `session/receive/` produces it.
 * @example
 * export const messageKept = defineEvent({
 * 	type: 'message.kept',
 * 	title: 'A disappearing message was kept',
 * 	description: 'Or is no longer kept.',
 * 	data: aboutMessage.extend({ kept: z.boolean() }),
 * 	example: { ...aboutExample, kept: true },
 * })
 */
export function defineEvent<Type extends string, Data extends z.ZodType>(
	definition: EventDefinition<Type, Data>,
): EventDefinition<Type, Data> {
	return definition
}
