import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../names.ts'
import { sessionIn } from './session.ts'

const names = { url: 'webhookUrl' }

/** `/session/{id}/set-webhook`: a session has one webhook of this form, or none. */
export function webhooks(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'post',
			path: '/session/{id}/set-webhook',
			summary: 'Have events sent to a URL, or to none',
			body: z.object({
				webhookUrl: z
					.union([z.url({ protocol: /^https?$/ }), z.literal('').transform(() => null), z.null()])
					.meta({ description: 'null or an empty text removes the webhook' }),
			}),
			answer: z.object({
				success: z.literal(true),
				message: z.string(),
				secret: z.string().optional().meta({
					description: 'Of a new webhook, this once: `X-Webhook-Signature` is made with it',
				}),
			}),
			async run(call) {
				const { id } = sessionIn(services, call)
				const { webhookUrl: url } = call.body
				const trusted = call.caller.role === 'admin'
				const [found] = services.webhooks.list(id).filter(({ format }) => format === 'wafastapi')
				if (url === null) {
					if (found) await services.webhooks.remove(id, found.id)
					return call.c.json({ success: true, message: 'Webhook removed' })
				}
				const { secret } = await withForeignFieldNames(names, async () => {
					if (!found) return services.webhooks.add(id, { url, format: 'wafastapi' }, trusted)
					await services.webhooks.update(id, found.id, { url, disabled: false }, trusted)
					return { secret: undefined }
				})
				return call.c.json({ success: true, message: 'Webhook set', ...(secret && { secret }) })
			},
		}),
	]
}
