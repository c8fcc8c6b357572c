import { createRoute, z } from '@hono/zod-openapi'
import { envelope } from '../../messages/envelope.ts'
import { choices } from '../../messages/fields/choice-ids.ts'
import type { MessageDefinition } from '../../messages/define.ts'
import { limitReasons } from '../../session/governor/index.ts'
import { json, problems, sessionParam } from '../openapi/schemas.ts'
import { sendHeaders } from './send-headers.ts'

const sent = z
	.object({
		message_id: z.string().meta({ examples: ['3EB0538DA65A59F6D8A251'] }),
		timestamp: z.number().int().meta({ description: 'Unix time in seconds' }),
		to: z.string(),
	})
	.openapi('Sent')

const dryRun = z
	.object({
		status: z.literal('dry_run'),
		to: z.string(),
		would_send: z.boolean(),
		first_message: z
			.boolean()
			.meta({ description: 'Whether it would be the first one to a person who has never written' }),
		reason: z.enum(limitReasons).nullable(),
		detail: z.string().nullable(),
		retry_after: z.number().int().nullable().meta({ description: 'Seconds' }),
	})
	.openapi('DryRun')

const pending = sent.extend({ status: z.literal('pending') }).openapi('Pending')

/** The body of a send of this type: its own fields and those of every message. */
export function sendBodySchema({ schema }: MessageDefinition): z.ZodObject {
	return schema.safeExtend(envelope.shape)
}

/** The route of a message type, for the OpenAPI document. */
export function sendRoute(definition: MessageDefinition) {
	const { type, title, description } = definition
	const { to, ...rest } = envelope.shape
	const schema = z.object({ to, ...definition.schema.shape, ...rest })
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
					'application/json': {
						schema,
						// To find one takes a millisecond or two, 51 times: only for a document that is read.
						get example() {
							return exampleOf(schema, sendBodySchema(definition))
						},
					},
					...(definition.media && { 'multipart/form-data': { schema } }),
				},
			},
		},
		responses: {
			200: {
				description:
					"WhatsApp's server has accepted the message; with `dry_run`, what would become of it",
				...json(z.union([answerOf(sent, definition), dryRun])),
			},
			202: {
				description: 'The message is kept and will be sent; WhatsApp has not acknowledged it yet',
				...json(answerOf(pending, definition)),
			},
			...problems,
		},
	})
}

function answerOf(base: z.ZodObject, { answers, choicesOf }: MessageDefinition): z.ZodObject {
	const constants = Object.entries(answers ?? {}).map(([name, value]) => [name, z.literal(value)])
	const more = { ...Object.fromEntries(constants), ...(choicesOf && { choices }) }
	return Object.keys(more).length ? base.extend(more) : base
}

// A request that works: the recipient, the required fields, and as many others as the type needs to be accepted.
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
