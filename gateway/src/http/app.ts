import { OpenAPIHono } from '@hono/zod-openapi'
import type { Hono, MiddlewareHandler } from 'hono'
import type { MediaLinks } from '../session/media/signed-links.ts'
import type { WorkspaceWebhooks } from '../delivery/registry/workspace-webhooks.ts'
import type { Log } from '../log.ts'
import { requireKey } from './middleware/require-key.ts'
import { knownBodies, applyBodyLimits } from './middleware/body-limits.ts'
import { adminOnly, type AppEnv } from './api-keys/caller.ts'
import type { Dialect } from './dialects/dialect.ts'
import { mountDialect } from './dialects/mount.ts'
import { describeSchemes, eitherHeader, securityOf } from './middleware/key-location.ts'
import { nativeTags, addTags } from './openapi/tags.ts'
import { describeEvents } from './openapi/events.ts'
import { nativeRoutes, type NativeOptions } from './native/index.ts'
import { mediaLinkRoutes } from './media-links.ts'
import { unknownIn } from './errors/not-found.ts'
import { mendNullableRefs } from './openapi/nullable-refs.ts'
import { translatedError, problem } from './errors/problem.ts'
import { limitRate } from './middleware/rate-limit.ts'
import { referenceRoutes } from './openapi/reference-page.ts'
import { healthRoutes } from './health.ts'
import { createBruteForceGuard } from './middleware/brute-force-guard.ts'

export type AppOptions = Omit<NativeOptions, 'sendLimit'> & {
	mediaLinks: MediaLinks
	workspaceWebhooks: WorkspaceWebhooks
	/** The APIs of other systems that are served. */
	dialects: readonly Dialect[]
	/** How many sends each key may make in a minute; 0 for any number. */
	sendsPerMinute: number
	log: Log
	/** The control API of the built-in sandbox, for admins, at `/sandbox`. */
	sandbox?: Hono | undefined
}

/** The whole HTTP side. Whoever adds a route after `requireKey` needs not think of authentication. */
export function createApp({ log, sandbox, mediaLinks, dialects, ...options }: AppOptions) {
	const access = { keys: options.keys, bruteForceGuard: createBruteForceGuard() }
	const sendLimit = limitRate(options.sendsPerMinute)
	// As the servers of most other systems, it takes an address with a slash at its end.
	const app = new OpenAPIHono<AppEnv>({ strict: false })
	const unknown = unknownIn(app)
	app.onError((error, c) => problem(c, translatedError(error, c, log)))
	app.notFound((c) => problem(c, unknown(c)))
	app.use(quietHeaders)
	app.route('/', healthRoutes(options.sessions))
	app.route('/api/v1', healthRoutes(options.sessions, { hide: true }))
	app.route('/', referenceRoutes())
	app.route('/', mediaLinkRoutes(options.sessions, mediaLinks))
	let description: ReturnType<typeof describeApi> | undefined
	for (const path of ['/openapi.json', '/api/v1/openapi.json']) {
		app.get(path, (c) => c.json((description ??= describeApi(app, dialects))))
	}
	for (const dialect of dialects) {
		mountDialect(app, dialect, { ...options, ...access, sendLimit, log })
	}
	app.use(applyBodyLimits(options.uploads.maxFileBytes))
	app.use(requireKey(access, eitherHeader))
	app.use(knownBodies)
	app.route('/api/v1', nativeRoutes({ ...options, sendLimit }))
	if (sandbox) {
		app.use('/sandbox/*', adminOnly)
		app.route('/sandbox', sandbox)
	}
	return app
}

function describeApi(app: OpenAPIHono<AppEnv>, dialects: readonly Dialect[]) {
	describeSchemes(app.openAPIRegistry, eitherHeader)
	describeEvents(app)
	const document = app.getOpenAPI31Document({
		openapi: '3.1.0',
		info: {
			title: 'WhatsApp Gateway',
			version: '1',
			description: 'Sessions, messages and webhooks. Errors are RFC 9457 problems with a `code`.',
		},
		tags: [...nativeTags, ...dialects.map(({ name, description }) => ({ name, description }))],
		security: securityOf(eitherHeader),
	})
	return mendNullableRefs(addTags(document))
}

// Before the answer is made: headers that come later cost it a second making.
const quietHeaders: MiddlewareHandler = async function quietHeaders(c, next) {
	c.header('X-Content-Type-Options', 'nosniff')
	c.header('X-Frame-Options', 'DENY')
	c.header('Referrer-Policy', 'no-referrer')
	c.header('Cache-Control', 'no-store')
	await next()
}
