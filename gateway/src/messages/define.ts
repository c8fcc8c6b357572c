import type { z } from '@hono/zod-openapi'
import type { AnyMessageContent, proto } from '@whiskeysockets/baileys'

/**
 * A kind of message. From this one definition follow its route, its OpenAPI entry, what
 * `message.received` says of it and the fields of the n8n node.
 */
export type MessageDefinition<Schema extends z.ZodObject = z.ZodObject> = {
	/** As in the URL and in events. */
	type: string
	/** For people. */
	title: string
	/** What a send asks for besides `to` and `reply_to`. */
	schema: Schema
	/** What Baileys is asked to send. */
	toContent(input: z.output<Schema>): AnyMessageContent
	/** The same fields read from a message that came in; undefined if it is of another kind. */
	fromContent(content: proto.IMessage): z.output<Schema> | undefined
}

export function defineMessage<Schema extends z.ZodObject>(
	definition: MessageDefinition<Schema>,
): MessageDefinition<Schema> {
	return definition
}
