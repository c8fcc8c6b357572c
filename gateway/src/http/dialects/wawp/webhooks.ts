import { z } from '@hono/zod-openapi'
import type { Webhook } from '../../../delivery/registry/webhook.ts'
import { endpoint, type Call, type Endpoint, type Services } from '../dialect.ts'
import { instanceFields } from './fields.ts'
import { sessionOf } from './session.ts'

/** The events of Wawp's webhooks, as far as the gateway has such an event. */
export const eventNames = [
	'session.status',
	'message',
	'message.any',
	'message.reaction',
	'message.ack',
	'message.revoked',
	'message.edited',
	'group.v2.join',
	'group.v2.update',
	'group.v2.participants',
	'presence.update',
	'poll.vote',
	'poll.vote.failed',
	'call.received',
	'call.accepted',
	'call.rejected',
	'label.upsert',
	'label.deleted',
	'label.chat.added',
	'label.chat.deleted',
	'event.response',
	'event.response.failed',
] as const

const url = z.url({ protocol: /^https?$/ }).meta({ examples: ['https://example.com/hook'] })

const webhookSettings = z.object({
	url,
	events: z
		.array(z.enum(eventNames))
		.optional()
		.meta({ description: 'Defaults to all events; so does an empty list' }),
	is_active: z.boolean().default(true),
})

const response = z.object({
	webhooks: z.array(
		z.object({
			url: z.string(),
			events: z.array(z.string()),
			is_active: z.boolean(),
			secret: z
				.string()
				.optional()
				.meta({ description: 'Signing secret of a new webhook, returned only now' }),
		}),
	),
})

/** `/session/webhook`: the webhooks of a session that have this format are one list, in which a URL occurs once. */
export function webhooks(services: Services): Endpoint[] {
	const path = '/session/webhook'
	return [
		endpoint({
			method: 'get',
			path,
			summary: 'List the webhooks of a session',
			body: z.object(instanceFields),
			response,
			run: (call) => call.c.json({ webhooks: ofSession(services, call).map(shown) }),
		}),
		endpoint({
			method: 'post',
			path,
			summary: 'Replace the webhooks of a session',
			body: z.object({ ...instanceFields, webhooks: z.array(webhookSettings).max(20) }),
			response,
			async run(call) {
				const trusted = call.caller.role === 'admin'
				const { webhooks } = call.body
				for (const { url } of webhooks) await services.webhooks.check({ url }, trusted)
				const before = ofSession(services, call)
				const secrets = new Map<string, string>()
				for (const { url, ...settings } of webhooks) {
					const created = await upsert(services, call, url, settings)
					if (created) secrets.set(created.id, created.secret)
				}
				const kept = new Set(webhooks.map(({ url }) => url))
				for (const { session, id, url } of before)
					if (!kept.has(url)) await services.webhooks.remove(session, id)
				const now = ofSession(services, call).map((webhook) => {
					const secret = secrets.get(webhook.id)
					return { ...shown(webhook), ...(secret && { secret }) }
				})
				return call.c.json({ webhooks: now })
			},
		}),
	]
}

type WebhookSettings = Omit<z.output<typeof webhookSettings>, 'url'>

/** Updates the webhook with this URL, or creates it. @returns the webhook if it is new */
async function upsert(
	services: Services,
	call: Call,
	url: string,
	{ events, is_active }: WebhookSettings,
) {
	const trusted = call.caller.role === 'admin'
	const change = { event_names: events?.length ? events : null, disabled: !is_active }
	const found = ofSession(services, call).find((webhook) => webhook.url === url)
	if (found) await services.webhooks.update(found.session, found.id, change, trusted)
	else {
		const { id } = sessionOf(services, call)
		return services.webhooks.add(id, { url, format: 'wawp', ...change }, trusted)
	}
}

const ofSession = (services: Services, call: Call) =>
	services.webhooks.list(sessionOf(services, call).id).filter(({ format }) => format === 'wawp')

function shown({ url, event_names, disabled_at }: Webhook) {
	return { url, events: event_names ?? [...eventNames], is_active: disabled_at === null }
}
