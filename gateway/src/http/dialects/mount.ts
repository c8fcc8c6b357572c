import type { OpenAPIHono } from '@hono/zod-openapi'
import { Hono, type MiddlewareHandler } from 'hono'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import type { Log } from '../../log.ts'
import { requireKey, type DoorOptions } from '../auth.ts'
import { jsonBytesFor, MAX_JSON_BYTES } from '../bodies.ts'
import type { AppEnv } from '../caller.ts'
import { jsonOnly } from '../json-only.ts'
import { limitBody } from '../limit-body.ts'
import { readForm, type Form } from '../multipart/index.ts'
import { isForm } from '../native/body.ts'
import { unknownIn } from '../not-found.ts'
import { errorHeaders, known } from '../problem.ts'
import { limitRate, onlyPosts } from '../rate-limit.ts'
import { describeDialect } from './describe.ts'
import type { Dialect, Endpoint, Rooms } from './dialect.ts'
import { readJson } from './read.ts'

export type MountOptions = Rooms &
	DoorOptions & {
		/** How many sends a key may make, where a dialect names no number of its own. */
		sendLimit: MiddlewareHandler<AppEnv>
		log: Log
	}

/** Serves a dialect below its base path: its door, its errors, its operations. */
export function mountDialect(
	app: OpenAPIHono<AppEnv>,
	dialect: Dialect,
	{ sendLimit, log, ...options }: MountOptions,
): void {
	const { basePath, requestsPerMinute } = dialect
	const rooms: Rooms = { ...options, uploads: uploadsOf(dialect, options) }
	const endpoints = dialect.routes(rooms)
	const own = new Hono<AppEnv>()
	own.onError((error, c) => {
		const found = known(error, c, log)
		const { status, body } = dialect.renderError(found)
		errorHeaders(c, found.facts)
		return c.json(body, status as ContentfulStatusCode)
	})
	const guards = [
		limitBodies(dialect, rooms),
		requireKey(options, dialect.key),
		requestsPerMinute ? limitRate(requestsPerMinute) : onlyPosts(sendLimit),
		knownBodies(dialect),
	]
	for (const guard of guards) own.use(`${basePath}/*`, guard)
	for (const endpoint of endpoints) {
		const path = `${basePath}${endpoint.path}`.replaceAll(/\{(\w+)\}/g, ':$1')
		own.on(endpoint.method.toUpperCase(), path, handlerOf(endpoint, rooms))
	}
	const unknown = unknownIn(own)
	own.all(`${basePath}/*`, (c) => {
		throw unknown(c)
	})
	app.route('/', own)
	describeDialect(app.openAPIRegistry, dialect, endpoints)
}

function handlerOf({ body: schema, as, run }: Endpoint, { uploads }: Rooms) {
	const none: Form = { entries: [], dispose: async () => {} }
	const handle: MiddlewareHandler<AppEnv> = async function handle(c) {
		const form = as === 'form' ? await readForm(c.req.raw, uploads) : none
		try {
			const body = schema && as !== 'form' ? await readJson(c, schema) : {}
			const param = (name: string) => c.req.param(name) ?? ''
			return await run({ c, caller: c.get('caller'), body, param, form })
		} finally {
			await form.dispose()
		}
	}
	return handle
}

function uploadsOf({ maxFileBytes }: Dialect, { uploads }: Rooms) {
	return { ...uploads, maxFileBytes: Math.min(maxFileBytes ?? Infinity, uploads.maxFileBytes) }
}

function limitBodies({ files }: Dialect, { uploads }: Rooms): MiddlewareHandler {
	const small = limitBody(MAX_JSON_BYTES)
	const large = limitBody(jsonBytesFor(uploads.maxFileBytes * (files?.most ?? 1)))
	return async function limitBodies(c, next) {
		await (files?.at.test(c.req.path) ? large : small)(c, next)
	}
}

function knownBodies({ files }: Dialect): MiddlewareHandler {
	return async function knownBodies(c, next) {
		const isExpected = files?.as === 'form' && files.at.test(c.req.path) && isForm(c)
		return isExpected ? next() : jsonOnly(c, next)
	}
}
