import { OpenAPIHono } from '@hono/zod-openapi'
import type { Context, Hono } from 'hono'
import type { MediaLinks } from '../session/media/signed-links.ts'
import type { WorkspaceWebhooks } from '../delivery/registry/workspace-webhooks.ts'
import type { TakeBlock } from '../lib/quota.ts'
import type { Log } from '../log.ts'
import { adminOnly, type AppEnv } from './api-keys/caller.ts'
import type { Dialect } from './dialects/dialect.ts'
import { mountDialect } from './dialects/mount.ts'
import { noRouteErrors } from './errors/not-found.ts'
import { problem, toGatewayError } from './errors/problem.ts'
import { healthRoutes } from './health.ts'
import { metricsRoutes } from './metrics.ts'
import { mediaLinkRoutes } from './media-links.ts'
import { createBruteForceGuard } from './middleware/brute-force-guard.ts'
import { eitherHeader } from './middleware/key-location.ts'
import { limitRate } from './middleware/rate-limit.ts'
import { requireKey, type AuthOptions } from './middleware/require-key.ts'
import { limitSlowBodies } from './middleware/slow-bodies.ts'
import { securityHeaders } from './middleware/security-headers.ts'
import { checkNativeContentType, limitNativeBodies } from './native/file-bodies.ts'
import { nativeRoutes, type NativeOptions } from './native/index.ts'
import { openApiDocument } from './openapi-document.ts'
import { referenceRoutes } from './openapi/reference-page.ts'
import { passkeyDoor } from './passkey-door.ts'
import { pairingLinks } from './links/index.ts'
import type { Links } from './links/store.ts'
import { linkPageRoutes } from './pages/link/routes.ts'
import { pageRoutes } from './pages/index.ts'
import type { Sessions } from '../session/sessions.ts'
import type { Tickets } from './pages/tickets.ts'
import { rootRoutes } from './root.ts'
import { createClientAddress } from './request/client-address.ts'
import { requestPath } from './request/path.ts'

export type HttpOptions = Omit<NativeOptions, 'sendLimit' | 'links'> & {
	/** Those of this gateway; `sessions` are those of the whole cluster. */
	sessionsHere: Sessions
	/** The metrics as text, and whether they need no key. */
	metrics: { text(): Promise<string>; isOpen: boolean }
	mediaLinks: MediaLinks
	workspaceWebhooks: WorkspaceWebhooks
	/** The APIs of other systems that are served. */
	dialects: readonly Dialect[]
	/** How many sends each key may make in a minute; 0 for no limit. */
	sendsPerMinute: number
	/** Where several gateways share the limits of keys. */
	takeBlock?: TakeBlock | undefined
	/** Addresses and CIDRs of the proxies whose `X-Forwarded-For` is believed. */
	trustedProxies: string[]
	/** How long a body may come too slowly, in milliseconds. */
	bodyWindowMs?: number | undefined
	log: Log
	/** The sign-ins of the web pages, and the host names by which they are reached; undefined for no pages. */
	pages: { tickets: Tickets; hosts: readonly string[]; links: Links | undefined } | undefined
	/** The URL at which others reach the gateway. */
	publicUrl: () => string
	/** The control API of the built-in sandbox, for admins, at `/sandbox`. */
	sandbox?: Hono | undefined
}

/**
 * The whole HTTP side. The order of the layers matters:
 * 1. `securityHeaders`, for every response, whatever made it;
 * 2. `limitSlowBodies`, before anything waits for a body;
 * 3. public routes: probes, metrics (which may ask for a key), the reference, signed links. All that is mounted after them needs a key;
 *    the web pages, which have cookies instead (see `pageRoutes`);
 * 4. the native routes below `/api/v1`, after `limitNativeBodies`, before anything reads a body, so that an oversized
 *    one costs no memory; `requireKey`, which sets `caller`; and `checkNativeContentType`, after the key: without one,
 *    nothing is said about a route. They check the session of the path and the rate of sends first;
 * 5. dialects, each with layers of its own (see `mountDialect`): their keys come in other places;
 * 6. the layers of 4 for all other paths.
 */
export function createApp({
	log,
	sandbox,
	mediaLinks,
	dialects,
	pages,
	metrics,
	...options
}: HttpOptions) {
	const auth: AuthOptions = {
		keys: options.keys,
		bruteForceGuard: createBruteForceGuard(log),
		clientAddress: createClientAddress(options.trustedProxies),
	}
	const sendLimit = limitRate('sends', options.sendsPerMinute, options.takeBlock)
	const app = new OpenAPIHono<AppEnv>({ getPath: requestPath })
	const noRoute = noRouteErrors(app)
	app.onError((error, c) => problem(c, toGatewayError(error, c, log)))
	app.notFound((c) => problem(c, noRoute(c)))
	app.use(securityHeaders)
	app.use(limitSlowBodies(options.bodyWindowMs))
	app.route('/', healthRoutes(options.sessionsHere, options.checks, auth))
	app.route('/', metricsRoutes(metrics.text, auth, metrics.isOpen))
	app.route('/', referenceRoutes())
	app.route('/', mediaLinkRoutes(options.sessions, mediaLinks))
	app.route('/passkey', passkeyDoor(options.sessions, auth))
	const links = pairingLinks(pages?.links, options.publicUrl)
	const native = nativeRoutes({ ...options, links, sendLimit })
	const facts = () => ({ clientVersion: options.sessions.version().version })
	app.route('/', rootRoutes({ hasPages: pages !== undefined, dialects, facts }))
	if (pages) {
		const { maxFileBytes } = options.uploads
		app.route('/console', pageRoutes({ ...options, ...pages, auth, native, sandbox, maxFileBytes }))
		if (pages.links)
			app.route('/link', linkPageRoutes({ ...options, ...pages, auth, links: pages.links }))
	}
	let document: ReturnType<typeof openApiDocument> | undefined
	const showDocument = (c: Context) => c.json((document ??= openApiDocument(app, dialects)))
	app.get('/openapi.json', showDocument)
	const keyed = [
		limitNativeBodies(options.uploads.maxFileBytes),
		requireKey(auth, eitherHeader),
		checkNativeContentType,
	]
	// An app of its own, which says of its paths alone what they support: a dialect may have all below `/api`.
	const ours = new OpenAPIHono<AppEnv>({ strict: false })
	const noRouteOfOurs = noRouteErrors(ours)
	ours.route('/api/v1', healthRoutes(options.sessionsHere, options.checks, auth, { hide: true }))
	ours.get('/api/v1/openapi.json', showDocument)
	ours.use('/api/v1/*', ...keyed)
	ours.route('/api/v1', native)
	ours.all('/api/v1/*', (c) => {
		throw noRouteOfOurs(c)
	})
	app.route('/', ours)
	for (const dialect of dialects) {
		mountDialect(app, dialect, { ...options, ...auth, sendLimit, log })
	}
	app.use(...keyed)
	if (sandbox) {
		app.use('/sandbox/*', adminOnly)
		app.route('/sandbox', sandbox)
	}
	return app
}
