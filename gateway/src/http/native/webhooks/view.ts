import { z } from '@hono/zod-openapi'
import { eventFilter } from '../../../delivery/registry/filter.ts'
import type { Webhook } from '../../../delivery/registry/webhook.ts'
import type { Delivery } from '../../../delivery/index.ts'
import { webhookFormatNames } from '../../webhook-formats.ts'
import { mergeSettings } from './settings.ts'

/** A webhook as the API shows it. */
export const webhookSchema = z
	.object({
		id: z.string(),
		url: z.string(),
		events: z.array(z.string()),
		filter: eventFilter,
		merge: mergeSettings.nullable(),
		header_names: z.array(z.string()),
		raw: z.boolean(),
		skip_deleted: z.boolean(),
		format: z.enum(webhookFormatNames),
		event_names: z.array(z.string()).nullable().meta({
			description: 'Only events with one of these names in `format` are delivered; null for all',
		}),
		resume: z.string().nullable(),
		once: z.boolean(),
		until: z.iso.datetime({ offset: true }).nullable(),
		created_at: z.iso.datetime(),
		disabled_at: z.iso.datetime().nullable().meta({
			description:
				'Time since which nothing is delivered: on request, or after the target answered 410 Gone',
		}),
		previous_secret_until: z.iso.datetime().nullable().meta({
			description: 'Time until which deliveries are also signed with the previous secret',
		}),
		delivery: z
			.object({
				pending: z.number().int().meta({ description: 'Number of events that wait for delivery' }),
				dead: z.number().int().meta({ description: 'Number of events that were given up' }),
				down_since: z.iso.datetime().nullable().meta({
					description: 'Time since which the target has been failing and is only probed',
				}),
			})
			.nullable()
			.meta({ description: 'Null while the webhook is disabled or has just started' }),
		last_delivered_at: z.iso.datetime().nullable().meta({
			description: 'Time when the target last accepted an event',
		}),
		last_attempt: z
			.object({
				at: z.iso.datetime(),
				status: z.number().int().nullable().meta({ description: 'null if there was no answer' }),
				why: z.string().nullable().meta({ description: 'Why it failed; null if it did not' }),
			})
			.nullable(),
		last_24_hours: z
			.object({
				delivered: z.number().int(),
				failed: z.number().int(),
				since: z.iso.datetime().meta({
					description:
						'Time since which they are counted: at most 24 hours, and not across a restart',
				}),
			})
			.meta({ description: 'Attempts, test events not included' }),
	})
	.openapi('Webhook')

export const webhookWithSecret = webhookSchema.extend({ secret: z.string() })

/** The view of a webhook, without its secret. */
export function webhookView(webhook: Webhook, delivery: Delivery) {
	return {
		id: webhook.id,
		url: webhook.url,
		events: webhook.events,
		filter: webhook.filter,
		merge: webhook.merge,
		header_names: Object.keys(webhook.headers),
		raw: webhook.raw,
		skip_deleted: webhook.skip_deleted,
		format: webhook.format,
		event_names: webhook.event_names,
		resume: webhook.resume,
		once: webhook.once,
		until: webhook.until,
		created_at: webhook.created_at,
		disabled_at: webhook.disabled_at,
		previous_secret_until: webhook.previous && new Date(webhook.previous.until).toISOString(),
		delivery: delivery.stateOf(webhook),
		...delivery.historyOf(webhook),
	}
}
