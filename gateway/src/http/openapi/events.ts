import { z, type OpenAPIHono } from '@hono/zod-openapi'
import type { EventDefinition } from '../../events/define.ts'
import { isoMoment } from '../../events/fields/examples.ts'
import { rawMessage } from '../../events/raw-message.ts'
import { eventTypes } from '../../events/index.ts'
import type { AppEnv } from '../api-keys/caller.ts'

const headers = z.object({
	'webhook-id': z
		.string()
		.meta({ description: 'The id of the event, the same at every attempt: to drop repeats' }),
	'webhook-timestamp': z.string().meta({ description: 'Unix time in seconds of this attempt' }),
	'webhook-signature': z
		.string()
		.meta({ description: '`v1,` and the signature as of Standard Webhooks' }),
})

/** An event as it is on the wire. */
export function eventSchemaOf({ type, data }: EventDefinition<string, z.ZodType>) {
	return z.object({
		id: z.string(),
		type: z.literal(type),
		timestamp: z.iso.datetime(),
		session: z.string(),
		seq: z.number().int().meta({ description: 'Grows by one with each event of the session' }),
		data,
		raw: rawMessage.optional(),
	})
}

/** Puts every event into the OpenAPI document, as what a webhook of one's own is called with. */
export function describeEvents({ openAPIRegistry: registry }: OpenAPIHono<AppEnv>): void {
	for (const definition of eventTypes as readonly EventDefinition<string, z.ZodType>[]) {
		const { type, title, description, example: data } = definition
		const name = type.split(/[._]/).map(capitalised).join('')
		const example = {
			id: 'evt_01KAJ7Q4M0Z8X9Y7W6V5T4S3R2',
			type,
			timestamp: isoMoment,
			session: 'main',
			seq: 7,
			data,
		}
		const schema = eventSchemaOf(definition).openapi(`${name}Event`)
		registry.registerWebhook({
			method: 'post',
			path: type,
			operationId: `on${name}`,
			summary: title,
			description,
			request: {
				headers,
				body: { required: true, content: { 'application/json': { schema, example } } },
			},
			responses: { 204: { description: 'Any 2xx: it is taken. Anything else is tried again' } },
		})
	}
}

const capitalised = (word: string) => word[0]!.toUpperCase() + word.slice(1)
