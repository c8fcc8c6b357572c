import { z } from 'zod'
import { GatewayError } from '../errors.ts'
import type { GatewayEvent } from '../events/index.ts'
import { ulid } from '../events/ulid.ts'
import type { Storage } from '../storage/driver.ts'
import { newSecret } from './sign.ts'
import type { Targets } from './targets.ts'

const webhookRecord = z.object({
	id: z.string(),
	session: z.string(),
	url: z.string(),
	/** Event types, or `*` for all. */
	events: z.array(z.string()),
	secret: z.string(),
	/** Registered by an admin: may reach private networks. */
	trusted: z.boolean(),
	created_at: z.string(),
	/** Since when nothing is sent, because the target answered 410 Gone. */
	disabled_at: z.string().nullable(),
})

export type Webhook = z.output<typeof webhookRecord>
export type NewWebhook = { url: string; events?: string[] | undefined; secret?: string | undefined }

/** Who is told what. */
export type Webhooks = Awaited<ReturnType<typeof openWebhooks>>

export async function openWebhooks(storage: Storage, targets: Targets) {
	const document = await storage.document('webhooks', () => [], z.array(webhookRecord))
	const isOf = (session: string, id: string) => (webhook: Webhook) =>
		webhook.session === session && webhook.id === id
	return {
		list: (session: string) => document.data.filter((webhook) => webhook.session === session),
		/** Those that want to hear of an event now. */
		wanting: ({ session, type }: GatewayEvent) =>
			document.data.filter(
				(webhook) =>
					webhook.session === session &&
					!webhook.disabled_at &&
					(webhook.events.includes('*') || webhook.events.includes(type)),
			),
		/** Refuses what `add` would refuse. */
		check: ({ url }: NewWebhook, trusted: boolean) => targets.check(url, trusted),
		has: ({ session, id }: Webhook) => document.data.some(isOf(session, id)),
		async add(session: string, { url, events, secret }: NewWebhook, trusted: boolean) {
			await targets.check(url, trusted)
			const webhook: Webhook = {
				id: `wh_${ulid()}`,
				session,
				url,
				events: events?.length ? events : ['*'],
				secret: secret ?? newSecret(),
				trusted,
				created_at: new Date().toISOString(),
				disabled_at: null,
			}
			await document.update((webhooks) => void webhooks.push(webhook))
			return webhook
		},
		async remove(session: string, id: string) {
			await document.update((webhooks) => {
				const index = webhooks.findIndex(isOf(session, id))
				if (index < 0) throw unknown(session, id)
				webhooks.splice(index, 1)
			})
		},
		async removeAllOf(session: string) {
			await document.update((webhooks) => {
				const others = webhooks.filter((webhook) => webhook.session !== session)
				webhooks.splice(0, webhooks.length, ...others)
			})
		},
		async disable({ session, id }: Webhook) {
			await document.update((webhooks) => {
				const webhook = webhooks.find(isOf(session, id))
				if (webhook) webhook.disabled_at = new Date().toISOString()
			})
		},
	}
}

function unknown(session: string, id: string) {
	const advice = `Session ${session} has no webhook ${id}. GET /api/v1/sessions/${session}/webhooks lists them.`
	return new GatewayError('webhook_not_found', advice)
}
