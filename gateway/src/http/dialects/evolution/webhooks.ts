import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { instanceIdOf } from './instance-ids.ts'
import { sessionOf } from './session.ts'
import { webhookSettings, type WebhookSettings } from './webhook-settings.ts'
import { rowOf, setWebhook, webhookOf } from './webhook-store.ts'

const row = z
	.object({
		id: z.string(),
		url: z.string(),
		headers: z.record(z.string(), z.string()).nullable(),
		enabled: z.boolean(),
		events: z.array(z.string()),
		webhookByEvents: z.boolean(),
		webhookBase64: z.boolean(),
		createdAt: z.iso.datetime(),
		updatedAt: z.iso.datetime(),
		instanceId: z.string(),
	})
	.openapi('EvolutionWebhook')

/** `/webhook/set` and `/webhook/find`: an instance has one webhook. */
export const webhooks = (services: Services): Endpoint[] => [
	endpoint({
		method: 'post',
		path: '/webhook/set/{instance}',
		summary: 'Set the webhook of an instance',
		body: z.object({ webhook: webhookSettings }),
		response: row,
		statuses: [201],
		async run(call) {
			const session = sessionOf(services, call)
			const { webhook: settings } = call.body
			const trusted = call.caller.role === 'admin'
			const webhook = await setWebhook(services, session, settings, trusted)
			return call.c.json(webhook ? rowOf(webhook) : rowOfNone(session.id, settings), 201)
		},
	}),
	endpoint({
		method: 'get',
		path: '/webhook/find/{instance}',
		summary: 'Show the webhook of an instance',
		response: row.nullable(),
		run(call) {
			const found = webhookOf(services, sessionOf(services, call).id)
			return call.c.json(found ? rowOf(found) : null)
		},
	}),
]

/** One that was turned off although there is none. */
function rowOfNone(session: string, { url, headers, byEvents, base64 }: WebhookSettings) {
	const now = new Date().toISOString()
	return {
		...{ id: '', url, headers: headers ?? null, enabled: false, events: [] },
		webhookByEvents: byEvents ?? false,
		webhookBase64: base64 ?? false,
		...{ createdAt: now, updatedAt: now, instanceId: instanceIdOf(session) },
	}
}
