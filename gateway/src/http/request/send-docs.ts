import { createRoute, z } from '@hono/zod-openapi'
import { envelope } from '../../messages/envelope.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import { json, problems, sessionParam } from '../openapi/schemas.ts'
import { sendHeaders } from './send-headers.ts'

const sent = z
	.object({
		message_id: z.string().meta({ examples: ['3EB0538DA65A59F6D8A251'] }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		to: z.string(),
	})
	.openapi('Sent')

const pending = sent.extend({ status: z.literal('pending') }).openapi('Pending')

/** What a send of this type asks for: the common fields and its own. */
export function bodySchema({ schema }: MessageDefinition): z.ZodObject {
	return schema.safeExtend(envelope.shape)
}

/** How the route of a message type is described. */
export function sendRoute(definition: MessageDefinition) {
	const { type, title, description } = definition
	const { to, ...rest } = envelope.shape
	const schema = z.object({ to, ...definition.schema.shape, ...rest })
	const example = exampleOf(schema, bodySchema(definition))
	return createRoute({
		method: 'post',
		path: `/sessions/{session}/messages/${type}`,
		summary: `Send: ${title}`,
		description,
		request: {
			params: sessionParam,
			headers: sendHeaders,
			body: {
				required: true,
				content: {
					'application/json': { schema, example },
					...(definition.media && { 'multipart/form-data': { schema } }),
				},
			},
		},
		responses: {
			200: { description: "WhatsApp's server has it", ...json(sentWith(definition)) },
			202: { description: 'It left; WhatsApp has not answered yet', ...json(pending) },
			...problems,
		},
	})
}

function sentWith({ answers }: MessageDefinition): z.ZodObject {
	const constants = Object.entries(answers ?? {}).map(([name, value]) => [name, z.literal(value)])
	return constants.length ? sent.extend(Object.fromEntries(constants)) : sent
}

// A request that works: the recipient, what a type always asks for, and of the rest what it does not go without.
function exampleOf(schema: z.ZodObject, accepted: z.ZodObject): Record<string, unknown> {
	const fields = Object.entries(schema.shape as Record<string, z.ZodType>)
	const isNeeded = ([name, field]: [string, z.ZodType]) =>
		name === 'to' || !field.safeParse(undefined).success
	const needed = fields.filter(isNeeded)
	const example = Object.fromEntries(needed.map(([name, field]) => [name, exampleFor(field)]))
	for (const [name, field] of fields) {
		if (accepted.safeParse(example).success) break
		example[name] ??= exampleFor(field)
	}
	return example
}

function exampleFor(field: z.ZodType): unknown {
	return (field.meta()?.examples as unknown[] | undefined)?.[0]
}
