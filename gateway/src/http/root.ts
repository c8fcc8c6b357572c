import { Hono } from 'hono'

/** `GET /`: leads a browser to the pages, and tells a program where the API is. */
export function rootRoutes({ hasPages }: { hasPages: boolean }) {
	const app = new Hono()
	app.get('/', (c) => {
		const isBrowser = c.req.header('accept')?.includes('text/html') === true
		if (isBrowser) return c.redirect(hasPages ? '/console' : '/docs', 303)
		return c.json({
			name: 'whatsapp-gateway',
			api: '/api/v1',
			openapi: '/openapi.json',
			docs: '/docs',
		})
	})
	return app
}
