import { z } from '@hono/zod-openapi'
import { webhookHeaders } from '../../../request/webhook-headers.ts'
import { eventNames } from '../events/names.ts'

const wanted = ['*', ...eventNames] as const

const header = z
	.object({ name: z.string().min(1), value: z.string() })
	.refine(
		({ name, value }) => webhookHeaders.safeParse({ [name]: value }).success,
		'is no header that can be sent',
	)

/** One webhook of a config. Its deliveries are ours: in order, and for days. */
export const webhookConfig = z.object({
	url: z.url({ protocol: /^https?$/ }),
	events: z.array(
		z.enum(wanted, {
			error: `each value in events must be one of the following values: ${wanted.join(', ')}`,
		}),
	),
	hmac: z.object({ key: z.string().nullish() }).nullish(),
	retries: z
		.object({
			policy: z.enum(['constant', 'linear', 'exponential']).nullish(),
			delaySeconds: z.number().nullish(),
			attempts: z.number().nullish(),
		})
		.nullish()
		.meta({ description: 'Kept; the gateway tries for days' }),
	customHeaders: z.array(header).nullish(),
})

export type WebhookConfig = z.output<typeof webhookConfig>
