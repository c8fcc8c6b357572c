import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { GatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { requireKey, type RequireKeyOptions } from '../middleware/require-key.ts'
import { jsonBytesFor, MAX_JSON_BYTES } from '../middleware/body-limits.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { formOnly } from '../middleware/form-only.ts'
import { jsonOnly } from '../middleware/json-only.ts'
import { limitBody } from '../middleware/body-limit.ts'
import { readForm } from '../multipart/index.ts'
import { isForm } from '../request/body.ts'
import { unknownIn } from '../errors/not-found.ts'
import { errorHeaders, translatedError } from '../errors/problem.ts'
import { limitRate, onlyPosts } from '../middleware/rate-limit.ts'
import { describeDialect } from './describe.ts'
import type { Dialect, Endpoint, Services } from './dialect.ts'
import { bodyOf, checkFields } from './read.ts'

export type MountOptions = Services &
	RequireKeyOptions & {
		/** How many sends a key may make, where a dialect names no number of its own. */
		sendLimit: MiddlewareHandler<AppEnv>
		log: Log
	}

/** Serves a dialect at its addresses: keys, errors and operations. */
export function mountDialect(
	app: OpenAPIHono<AppEnv>,
	dialect: Dialect,
	{ sendLimit, log, ...options }: MountOptions,
): void {
	const { basePath, parts = [''], requestsPerMinute, sendsByGet } = dialect
	const services: Services = { ...options, uploads: uploadsOf(dialect, options) }
	const endpoints = dialect.routes(services)
	const own = new Hono<AppEnv>()
	own.onError((error, c) => {
		const found = translatedError(error, c, log)
		const { status, body } = dialect.renderError(found)
		errorHeaders(c, found.facts)
		return c.json(body, status as ContentfulStatusCode)
	})
	const guards = [
		limitBodies(dialect, services),
		requireKey(options, dialect.key),
		requestsPerMinute ? limitRate(requestsPerMinute) : onlyPosts(sendLimit, sendsByGet),
		...(sendsByGet ? [notByHead(sendsByGet)] : []),
		knownBodies(dialect),
	]
	const below = parts.map((part) => `${basePath}${part}/*`)
	for (const guard of guards) for (const path of below) own.use(path, guard)
	for (const endpoint of endpoints) {
		const path = `${basePath}${endpoint.path}`.replaceAll(/\{(\w+)\}/g, ':$1')
		own.on(endpoint.method.toUpperCase(), path, handlerOf(endpoint, dialect, services))
	}
	const unknown = unknownIn(own)
	own.on('ALL', below, (c) => {
		throw unknown(c)
	})
	app.route('/', own)
	describeDialect(app.openAPIRegistry, dialect, endpoints)
}

function handlerOf(
	{ body: schema, run }: Endpoint,
	{ fieldsOf = (_, body) => body }: Dialect,
	{ uploads }: Services,
) {
	const handle: MiddlewareHandler<AppEnv> = async function handle(c) {
		const form = schema && isForm(c) ? await readForm(c.req.raw, uploads) : undefined
		try {
			const body = schema ? checkFields(c, schema, fieldsOf(c, await bodyOf(c, form))) : {}
			const param = (name: string) => c.req.param(name) ?? ''
			return await run({ c, caller: c.get('caller'), body, param })
		} finally {
			await form?.dispose()
		}
	}
	return handle
}

function uploadsOf({ maxFileBytes }: Dialect, { uploads }: Services) {
	return { ...uploads, maxFileBytes: Math.min(maxFileBytes ?? Infinity, uploads.maxFileBytes) }
}

function limitBodies({ files }: Dialect, { uploads }: Services): MiddlewareHandler {
	const small = limitBody(MAX_JSON_BYTES)
	const large = limitBody(jsonBytesFor(uploads.maxFileBytes * (files?.most ?? 1)))
	return async function limitBodies(c, next) {
		const mayBeLarge = files?.at.test(c.req.path) && (files.as === 'json' || isForm(c))
		await (mayBeLarge ? large : small)(c, next)
	}
}

/** What is asked with HEAD runs as with GET: a preview of a link must send nothing. */
function notByHead(sends: RegExp): MiddlewareHandler<AppEnv> {
	return async function notByHead({ req: { method, path } }, next) {
		if (method === 'HEAD' && sends.test(path)) {
			const advice = `${path} takes GET, POST, not HEAD.`
			throw new GatewayError('method_not_allowed', advice, { allow: 'GET, POST' })
		}
		await next()
	}
}

function knownBodies({ files }: Dialect): MiddlewareHandler {
	return async function knownBodies(c, next) {
		const as = files?.at.test(c.req.path) ? files.as : 'json'
		if (as === 'either' && isForm(c)) return next()
		return (as === 'form' ? formOnly : jsonOnly)(c, next)
	}
}
