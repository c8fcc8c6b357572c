import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { GatewayError } from '../../errors.ts'
import type { TakeBlock } from '../../lib/quota.ts'
import type { Log } from '../../log.ts'
import { requireAction, type AppEnv } from '../api-keys/caller.ts'
import { noRouteErrors } from '../errors/not-found.ts'
import { errorHeaders, toGatewayError } from '../errors/problem.ts'
import { limitRate, limitSends } from '../middleware/rate-limit.ts'
import { requireKey, type AuthOptions } from '../middleware/require-key.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { describeDialect } from './describe.ts'
import type { Dialect, Endpoint, Services } from './dialect.ts'
import { checkDialectContentType, limitDialectBodies } from './file-bodies.ts'
import { notSupported, readFields, validateFields } from './read.ts'

export type MountOptions = Services &
	AuthOptions & {
		/** Limits the sends of a key, where a dialect has no limit of its own. */
		sendLimit: MiddlewareHandler<AppEnv>
		/** Where several gateways share the limits. */
		takeBlock?: TakeBlock | undefined
		log: Log
	}

/**
 * Serves a dialect at its paths: authentication, errors and endpoints. Its middleware runs in the order of the native
 * API and for the same reasons: the size of the body first, since a key may be in the body; then the key; then the
 * rate, which is counted by key; the content type last.
 */
export function mountDialect(
	app: OpenAPIHono<AppEnv>,
	dialect: Dialect,
	{ sendLimit, takeBlock, log, ...options }: MountOptions,
): void {
	const { basePath, parts = [''], requestsPerMinute, sendsByGet } = dialect
	const services: Services = { ...options, uploads: uploadsOf(dialect, options) }
	const endpoints = dialect.routes(services)
	const own = new Hono<AppEnv>()
	own.onError((thrown, c) => {
		const error = toGatewayError(thrown, c, log)
		const { status, body } = dialect.renderError(error, c)
		errorHeaders(c, error.facts)
		return c.json(body, status as ContentfulStatusCode)
	})
	const middleware = [
		limitDialectBodies(dialect, services.uploads.maxFileBytes),
		requireKey(options, dialect.key),
		requestsPerMinute
			? limitRate(dialect.name, requestsPerMinute, takeBlock)
			: limitSends(sendLimit, dialect),
		...(sendsByGet ? [rejectHead(sendsByGet)] : []),
		checkDialectContentType(dialect),
	]
	const paths = parts.map((part) => `${basePath}${part}/*`)
	for (const layer of middleware) for (const path of paths) own.use(path, layer)
	for (const endpoint of endpoints) {
		const path = `${basePath}${endpoint.path}`.replaceAll(/\{(\w+)\}/g, ':$1')
		own.on(endpoint.method.toUpperCase(), path, handlerOf(endpoint, dialect, services.uploads))
	}
	for (const [path, what] of Object.entries(dialect.refuses ?? {}))
		own.all(`${basePath}${path}/*`, () => {
			throw notSupported(what)
		})
	const noRoute = noRouteErrors(own)
	own.on('ALL', paths, (c) => {
		throw noRoute(c)
	})
	app.route('/', own)
	describeDialect(app.openAPIRegistry, dialect, endpoints)
}

function handlerOf(
	{ body: schema, action, run }: Endpoint,
	{ fieldsOf = (_, body) => body }: Dialect,
	uploads: UploadOptions,
) {
	const handle: MiddlewareHandler<AppEnv> = async function handle(c) {
		requireAction(c.get('caller'), action)
		const fields = schema && (await readFields(c, uploads))
		try {
			const body = fields ? validateFields(c, schema!, fieldsOf(c, fields.value)) : {}
			const param = (name: string) => c.req.param(name) ?? ''
			return await run({ c, caller: c.get('caller'), body, param })
		} finally {
			await fields?.dispose()
		}
	}
	return handle
}

function uploadsOf({ maxFileBytes }: Dialect, { uploads }: Services): UploadOptions {
	return { ...uploads, maxFileBytes: Math.min(maxFileBytes ?? Infinity, uploads.maxFileBytes) }
}

/** Rejects HEAD where GET sends: Hono serves HEAD by GET, and a link preview must not send anything. */
function rejectHead(sendsByGet: RegExp): MiddlewareHandler<AppEnv> {
	return async function rejectHead({ req: { method, path } }, next) {
		if (method === 'HEAD' && sendsByGet.test(path)) {
			const advice = `${path} supports GET, POST, not HEAD.`
			throw new GatewayError('method_not_allowed', advice, { allow: 'GET, POST' })
		}
		await next()
	}
}
