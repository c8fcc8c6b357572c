import { Hono } from 'hono'
import { GatewayError } from '../../errors.ts'
import { adminOnly, type AppEnv } from '../api-keys/caller.ts'
import type { Keys } from '../api-keys/store.ts'
import type { AuthOptions } from '../middleware/require-key.ts'
import { checkNativeContentType, limitNativeBodies } from '../native/file-bodies.ts'
import { fileRoutes } from './files.ts'
import { knownHostsOnly } from './hosts.ts'
import { newsRoutes, type NewsSources } from './news/index.ts'
import { ownPageOnly } from './own-page.ts'
import { ownOriginOnly, pagePolicy } from './policy.ts'
import { shell } from './shell.ts'
import { requireTicket, signInRoutes } from './sign-in.ts'
import type { Tickets } from './tickets.ts'

export type PagesOptions = NewsSources & {
	tickets: Tickets
	auth: AuthOptions
	keys: Keys
	/** The names by which browsers may reach the pages, besides `localhost` and IP addresses. */
	hosts: readonly string[]
	/** The routes of `/api/v1`. */
	native: Hono<AppEnv>
	/** The control API of the built-in sandbox. */
	sandbox?: Hono | undefined
	maxFileBytes: number
}

/**
 * The web pages, to be mounted at `/console`. Everything that a cookie opens is below it: the pages and, at
 * `/console/api`, the routes of `/api/v1` and `/sandbox` once more. `/api/v1` itself never looks at cookies, so that
 * there is nothing to forge there.
 */
export function pageRoutes(options: PagesOptions) {
	const app = new Hono<AppEnv>()
	app.use(ownOriginOnly)
	app.use(knownHostsOnly(options.hosts))
	app.use(ownPageOnly)
	app.route('/', fileRoutes())
	app.route('/api', apiOfPages(options))
	app.all('/api/*', ({ req }) => {
		throw new GatewayError('not_found', `Nothing is served at ${req.path}.`)
	})
	app.get('/phone/*', pagePolicy({ microphone: true }), shell('phone', 'Simulated phone'))
	app.get('*', pagePolicy(), shell('console', 'WhatsApp gateway'))
	return app
}

function apiOfPages({ tickets, auth, keys, native, sandbox, ...options }: PagesOptions) {
	const app = new Hono<AppEnv>()
	app.use(limitNativeBodies(options.maxFileBytes))
	app.route('/', signInRoutes(tickets, auth))
	app.use(requireTicket(tickets))
	app.use(checkNativeContentType)
	app.get('/me', (c) => {
		const { key, role } = c.get('caller')
		return c.json({ role, key, name: keys.nameOf(key) ?? null, sandbox: sandbox !== undefined })
	})
	app.route('/', newsRoutes(options))
	app.route('/', native)
	if (sandbox) {
		app.use('/sandbox/*', adminOnly)
		app.route('/sandbox', sandbox)
	}
	return app
}
