import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import { GatewayError } from '../../errors.ts'

// `gulp reference` puts Swagger UI here. The path is the same seen from src/ and from dist/.
const ASSETS = new URL('../../../dist/reference/', import.meta.url)

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>WhatsApp Gateway: API reference</title>
<link rel="stylesheet" href="/docs/swagger-ui.css">
</head>
<body>
<div id="reference"></div>
<script src="/docs/swagger-ui-bundle.js"></script>
<script src="/docs/start.js"></script>
</body>
</html>
`

// A key that is entered stays in the memory of the page: what a browser stores for http://localhost:3000 is read by the
// next program that listens there.
const START = `SwaggerUIBundle({
	url: '/openapi.json',
	dom_id: '#reference',
	deepLinking: true,
	docExpansion: 'none',
	filter: true,
	persistAuthorization: false,
	validatorUrl: null,
})
`

// Swagger UI sets styles on elements; nothing may be loaded from another host.
const POLICY =
	"default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; " +
	"connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

const files = {
	'swagger-ui-bundle.js': 'text/javascript; charset=utf-8',
	'swagger-ui.css': 'text/css; charset=utf-8',
} as const

/** `GET /docs`: the API reference, where requests can be tried with a key. Loads nothing from another host. */
export function referenceRoutes() {
	const app = new Hono()
	app.get('/docs', (c) => {
		c.header('Content-Security-Policy', POLICY)
		return c.html(PAGE)
	})
	app.get('/docs/start.js', (c) => {
		c.header('Content-Type', files['swagger-ui-bundle.js'])
		return c.body(START)
	})
	for (const [name, type] of Object.entries(files))
		app.get(`/docs/${name}`, async (c) => {
			const bytes = await readFile(new URL(name, ASSETS)).catch(notBuilt)
			c.header('Content-Type', type)
			c.header('Cache-Control', 'public, max-age=86400')
			return c.body(bytes)
		})
	return app
}

function notBuilt(cause: Error): never {
	const advice =
		'The API reference was not built: run `npm run build:gateway`. GET /openapi.json works without it.'
	throw new GatewayError('not_found', advice, { cause })
}
