import { readFile } from 'node:fs/promises'
import { Hono } from 'hono'
import type { Context } from 'hono'
import { GatewayError } from '../../errors.ts'

// `gulp web` builds the pages into it. The path is the same seen from src/ and from dist/.
const BUILT = new URL('../../../dist/web/', import.meta.url)

const TYPES: Record<string, string> = {
	js: 'text/javascript; charset=utf-8',
	css: 'text/css; charset=utf-8',
	json: 'application/json',
}

/** A name as esbuild makes it. */
const ASSET = /^[\w-]+\.(?:js|css)$/

/** The files of a page: its script, its style, and the scripts that it imports. */
export type PageFiles = { script: string; style: string; imports: string[] }

/** What `gulp web` wrote, by page. Read anew each time: it is small, and a new build is served at once. */
export async function filesOf(page: string): Promise<PageFiles> {
	const text = await readFile(new URL('files.json', BUILT), 'utf8').catch(notBuilt)
	return (JSON.parse(text) as Record<string, PageFiles>)[page]!
}

/** The scripts and styles of the pages. Their names change with their content, so a browser may keep them. */
export function fileRoutes() {
	const app = new Hono()
	app.get('/assets/:name', (c) => {
		const name = c.req.param('name')
		if (!ASSET.test(name)) noFile()
		return send(c, name, 'public, max-age=31536000, immutable')
	})
	// Its name stays, so a browser asks for it again.
	app.get('/forms.json', (c) => send(c, 'forms.json', 'no-cache'))
	app.get('/icon.svg', async (c) => {
		const bytes = await readFile(new URL('icon.svg', BUILT)).catch(notBuilt)
		c.header('Content-Type', 'image/svg+xml')
		c.header('Cache-Control', 'public, max-age=86400')
		return c.body(bytes)
	})
	return app
}

/** Sends a built file, compressed if the browser takes that. */
async function send(c: Context, name: string, cacheControl: string) {
	const isZipped = /\bgzip\b/.test(c.req.header('accept-encoding') ?? '')
	const bytes = await readFile(new URL(isZipped ? `${name}.gz` : name, BUILT)).catch(noFile)
	c.header('Content-Type', TYPES[name.split('.').at(-1)!])
	c.header('Cache-Control', cacheControl)
	c.header('Vary', 'Accept-Encoding')
	if (isZipped) c.header('Content-Encoding', 'gzip')
	return c.body(bytes)
}

function noFile(cause?: Error): never {
	const advice = 'This file is of another version of the page. Load the page again.'
	throw new GatewayError('not_found', advice, { cause })
}

function notBuilt(cause: Error): never {
	const advice =
		'The pages were not built: run `npm run build:gateway`. The API works without them.'
	throw new GatewayError('not_found', advice, { cause })
}
