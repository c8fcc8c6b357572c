import { Hono } from 'hono'
import type { Dialect, RootFacts } from './dialects/dialect.ts'

type RootOptions = {
	hasPages: boolean
	/** Those that are served: some say more. */
	dialects: readonly Dialect[]
	facts(): RootFacts
}

/** `GET /`: leads a browser to the pages, and tells a program where the API is. */
export function rootRoutes({ hasPages, dialects, facts }: RootOptions) {
	const app = new Hono()
	app.get('/', (c) => {
		const isBrowser = c.req.header('accept')?.includes('text/html') === true
		if (isBrowser) return c.redirect(hasPages ? '/console' : '/docs', 303)
		return c.json({
			name: 'whatsapp-gateway',
			api: '/api/v1',
			openapi: '/openapi.json',
			docs: '/docs',
			...Object.assign({}, ...dialects.map(({ root }) => root?.(facts()))),
		})
	})
	return app
}
