import { z } from '@hono/zod-openapi'
import { endpoint, type Endpoint, type Services } from '../dialect.ts'
import { withForeignFieldNames } from '../foreign-field-names.ts'
import { sessionIn } from './session.ts'

const names = { url: 'webhookUrl' }

/** `/session/{id}/set-webhook`: a session has at most one webhook with this format. */
export function webhooks(services: Services): Endpoint[] {
	return [
		endpoint({
			method: 'post',
			path: '/session/{id}/set-webhook',
			summary: 'Set or remove the webhook of a session',
			body: z.object({
				webhookUrl: z
					.union([z.url({ protocol: /^https?$/ }), z.literal('').transform(() => null), z.null()])
					.meta({ description: 'Null or an empty text removes the webhook' }),
			}),
			response: z.object({
				success: z.literal(true),
				message: z.string(),
				secret: z.string().optional().meta({
					description:
						'Secret of a new webhook, returned only now: `X-Webhook-Signature` is made with it',
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
