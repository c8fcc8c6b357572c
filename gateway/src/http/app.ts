import { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono, MiddlewareHandler } from 'hono'
import type { MediaLinks } from '../core/media-links.ts'
import type { Log } from '../log.ts'
import { requireKey } from './auth.ts'
import { knownBodies, limitBodies } from './bodies.ts'
import { adminOnly, type AppEnv } from './caller.ts'
import { describeEvents } from './native/event-docs.ts'
import { nativeRoutes, type NativeOptions } from './native/index.ts'
import { mediaLinkRoutes } from './media-links.ts'
import { answerUnknown } from './not-found.ts'
import { problem, toGatewayError } from './problem.ts'
import { systemRoutes } from './system.ts'

export type AppOptions = NativeOptions & {
	mediaLinks: MediaLinks
	log: Log
	/** The control API of the built-in sandbox, for admins, at `/sandbox`. */
	sandbox?: Hono | undefined
}

/** The whole HTTP side. Whoever adds a route after `requireKey` needs not think of authentication. */
export function createApp({ log, sandbox, mediaLinks, ...options }: AppOptions) {
	const app = new OpenAPIHono<AppEnv>()
	app.onError((error, c) => {
		const known = toGatewayError(error)
		if (known.code === 'internal_error')
			log.error({ err: error, path: c.req.path }, 'request failed')
		return problem(c, known)
	})
	app.notFound(answerUnknown(app))
	app.use(quietHeaders)
	app.use(limitBodies(options.uploads.maxFileBytes))
	app.route('/', systemRoutes(options.sessions))
	app.route('/api/v1', systemRoutes(options.sessions, { hide: true }))
	app.route('/', mediaLinkRoutes(options.sessions, mediaLinks))
	let description: ReturnType<typeof describe> | undefined
	for (const path of ['/openapi.json', '/api/v1/openapi.json']) {
		app.get(path, (c) => c.json((description ??= describe(app))))
	}
	app.use(requireKey(options.keys))
	app.use(knownBodies)
	app.route('/api/v1', nativeRoutes(options))
	if (sandbox) {
		app.use('/sandbox/*', adminOnly)
		app.route('/sandbox', sandbox)
	}
	return app
}

function describe(app: OpenAPIHono<AppEnv>) {
	app.openAPIRegistry.registerComponent('securitySchemes', 'bearer', {
		type: 'http',
		scheme: 'bearer',
	})
	app.openAPIRegistry.registerComponent('securitySchemes', 'apiKey', {
		type: 'apiKey',
		in: 'header',
		name: 'X-API-Key',
	})
	describeEvents(app)
	return app.getOpenAPI31Document({
		openapi: '3.1.0',
		info: {
			title: 'WhatsApp Gateway',
			version: '1',
			description: 'Sessions, messages and webhooks. Errors are RFC 9457 problems with a `code`.',
		},
		security: [{ bearer: [] }, { apiKey: [] }],
	})
}

// Before the answer is made: headers that come later cost it a second making.
const quietHeaders: MiddlewareHandler = async function quietHeaders(c, next) {
	c.header('X-Content-Type-Options', 'nosniff')
	c.header('X-Frame-Options', 'DENY')
	c.header('Referrer-Policy', 'no-referrer')
	c.header('Cache-Control', 'no-store')
	await next()
}
