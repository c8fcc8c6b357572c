import { z, type OpenAPIHono } from '@hono/zod-openapi'
import type { EventDefinition } from '../../events/define.ts'
import { isoMoment } from '../../events/fields/examples.ts'
import { rawMessage } from '../../events/raw-message.ts'
import { eventTypes } from '../../events/index.ts'
import type { ReceivedDefinition } from '../../messages/define.ts'
import { receivedTypes } from '../../messages/received/index.ts'
import type { AppEnv } from '../api-keys/caller.ts'

const headers = z.object({
	'webhook-id': z.string().meta({
		description: 'Id of the event, the same for every attempt: use it to drop duplicates',
	}),
	'webhook-timestamp': z.string().meta({ description: 'Unix time of this attempt, in seconds' }),
	'webhook-signature': z
		.string()
		.meta({ description: '`v1,` followed by the signature, as in Standard Webhooks' }),
})

/** The number of an event in the log of its session. */
export const seqField = z
	.number()
	.int()
	.meta({ description: 'Increases by one with every event of the session' })

/** The schema of an event as it is delivered. */
export function eventSchemaOf({ type, data }: EventDefinition<string, z.ZodType>) {
	return z.object({
		id: z.string(),
		type: z.literal(type),
		timestamp: z.iso.datetime(),
		session: z.string(),
		seq: seqField,
		metadata: z
			.record(z.string(), z.string())
			.optional()
			.meta({ description: 'That of the session, if it has any' }),
		data,
		raw: rawMessage.optional(),
	})
}

/** Adds every event to the OpenAPI document, as a request that the gateway makes to a webhook. */
export function registerEventWebhooks({ openAPIRegistry: registry }: OpenAPIHono<AppEnv>): void {
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
			responses: {
				204: {
					description:
						'Any 2xx status acknowledges the event, 410 disables the webhook; after any other the event is retried',
				},
			},
		})
	}
}

/**
 * Adds the fields of each message type that is only received, as `ReceivedTemplate`. Those of the other types are the
 * fields of the request that sends them.
 */
export function registerReceivedTypes({ openAPIRegistry: registry }: OpenAPIHono<AppEnv>): void {
	for (const { type, description, schema } of receivedTypes as readonly ReceivedDefinition[])
		registry.register(
			`Received${type.split('-').map(capitalised).join('')}`,
			schema.meta({ description }),
		)
}

const capitalised = (word: string) => word[0]!.toUpperCase() + word.slice(1)
