import { OpenAPIHono } from '@hono/zod-openapi'
import type { MiddlewareHandler } from 'hono'
import type { Sessions } from '../../session/sessions.ts'
import type { Delivery } from '../../delivery/index.ts'
import type { Webhooks } from '../../delivery/registry/webhooks.ts'
import type { GatewayChecks } from '../../doctor/in-gateway.ts'
import type { GatewayInfo } from '../../monitoring/gateway-info.ts'
import { sessionFor, type AppEnv } from '../api-keys/caller.ts'
import type { Keys } from '../api-keys/store.ts'
import type { PairingLinks } from '../links/index.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { accountRoutes } from './account.ts'
import { deliveryRoutes } from './webhooks/deliveries.ts'
import { eventRoutes } from './events.ts'
import { gatewayRoutes } from './gateway.ts'
import { keyRoutes } from './keys.ts'
import { linkingRoutes } from './linking.ts'
import { mediaRoutes } from './media.ts'
import { messageMarkRoutes } from './message-marks.ts'
import { messageRoutes } from './messages.ts'
import { mountRoutes } from './mount-routes.ts'
import { presenceRoutes } from './presence.ts'
import { noteRepeatable } from './repeatable.ts'
import { routes } from './routes/index.ts'
import { searchRoutes } from './search.ts'
import { unknownMessageTypeHandler } from './unknown-message-type.ts'
import { uploadRoutes } from './uploads.ts'
import { webhookRoutes } from './webhooks/index.ts'

export type NativeOptions = {
	sessions: Sessions
	webhooks: Webhooks
	delivery: Delivery
	keys: Keys
	/** What who runs the gateway wants to know of it. */
	info(): Promise<GatewayInfo>
	/** What may be wrong, and what is. */
	checks: GatewayChecks
	uploads: UploadOptions
	links: PairingLinks
	/** How many sends a key may make. */
	sendLimit: MiddlewareHandler<AppEnv>
}

/** Our own API, to be mounted at `/api/v1`. */
export function nativeRoutes(options: NativeOptions) {
	const { sessions, webhooks, delivery, keys, uploads, sendLimit } = options
	const app = new OpenAPIHono<AppEnv>()
	// First: what counts requests does so at the gateway that takes them.
	app.use('/sessions/:session/messages/*', sendLimit)
	app.use('/sessions/:session/status/*', sendLimit)
	app.use('/sessions/:session/*', noteRepeatable(routes), ownSessionsOnly(sessions))
	app.route('/', accountRoutes(sessions))
	app.route('/', linkingRoutes(sessions))
	// Before `messages/{message_id}`: among them is `messages/search`.
	app.route('/', mountRoutes({ sessions, webhooks, links: options.links }, uploads, routes))
	app.route('/', messageRoutes(sessions, uploads))
	app.route('/', messageMarkRoutes(sessions))
	app.route('/', presenceRoutes(sessions))
	app.route('/', uploadRoutes(sessions, uploads))
	app.route('/', mediaRoutes(sessions))
	app.route('/', eventRoutes(sessions, delivery))
	app.route('/', webhookRoutes(sessions, webhooks, delivery))
	app.route('/', deliveryRoutes(sessions, webhooks, delivery))
	app.route('/', keyRoutes(keys))
	app.route('/', searchRoutes(sessions))
	app.route('/', gatewayRoutes(options.info, options.checks))
	app.post('/sessions/:session/messages/:type', unknownMessageTypeHandler)
	return app
}

function ownSessionsOnly(sessions: Sessions): MiddlewareHandler<AppEnv> {
	return async function ownSessionsOnly(c, next) {
		sessionFor(sessions, c.get('caller'), c.req.param('session') ?? '')
		await next()
	}
}
