import { z } from '@hono/zod-openapi'
import { webhookHeaders } from '../../request/webhook-headers.ts'
import { flag } from './fields.ts'
import { otherSubscriptions, subscriptions } from './webhook-names.ts'

type Fields = Record<string, unknown>

// A receiver gets JSON whatever is said.
const setAnyway = ['content-type', 'content-length', 'host']

const headers = z
	.record(z.string(), z.union([z.string(), z.number(), z.boolean()]).transform(String))
	.transform((given) =>
		Object.fromEntries(
			Object.entries(given).filter(([name]) => !setAnyway.includes(name.toLowerCase())),
		),
	)
	.refine((given) => webhookHeaders.safeParse(given).success, 'must be names and values of headers')

/** The settings of a webhook. */
export const webhookSettings = z.object({
	enabled: flag,
	url: z.string().meta({ examples: ['https://example.com/hook'] }),
	headers: headers.nullish().meta({
		description: 'Sent with every delivery; one called `jwt_key` signs a JSON Web Token instead',
	}),
	byEvents: flag
		.optional()
		.meta({ description: 'Whether the URL ends with the name of the event' }),
	base64: flag.optional().meta({ description: 'Whether messages with a file have it in base64' }),
	events: z
		.array(z.enum([...subscriptions, ...otherSubscriptions]))
		.nullish()
		.meta({ description: 'Defaults to all events; so does an empty list' }),
})

export type WebhookSettings = z.output<typeof webhookSettings>

const names: Record<string, string> = {
	webhookByEvents: 'byEvents',
	webhook_by_events: 'byEvents',
	webhookBase64: 'base64',
	webhook_base64: 'base64',
}

/** The settings in one spelling: the API, its documents and its clients have several. */
export const oneSpelling = (given: Fields): Fields =>
	Object.fromEntries(Object.entries(given).map(([name, value]) => [names[name] ?? name, value]))

/** The fields of a request that sets a webhook: below `webhook`, or, as in version 1, beside each other. */
export function webhookFieldsOf(body: unknown): unknown {
	if (!isObject(body)) return body
	if (isObject(body.webhook)) return { ...body, webhook: oneSpelling(body.webhook) }
	return 'url' in body ? { webhook: { enabled: true, ...oneSpelling(body) } } : body
}

/** The fields of a request for a new instance: its webhook is below `webhook`, or, as in version 1, beside the rest. */
export function createFieldsOf(body: unknown): unknown {
	if (!isObject(body)) return body
	if (isObject(body.webhook)) return { ...body, webhook: oneSpelling(body.webhook) }
	const { webhookUrl, webhookByEvents, webhookBase64, webhookEvents, ...rest } = body
	if (typeof webhookUrl !== 'string' || !webhookUrl) return body
	const flat = { byEvents: webhookByEvents, base64: webhookBase64, events: webhookEvents }
	return { ...rest, webhook: { url: webhookUrl, ...flat } }
}

const isObject = (value: unknown): value is Fields =>
	typeof value === 'object' && value !== null && !Array.isArray(value)
