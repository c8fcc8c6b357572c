import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Sessions } from '../../session/sessions.ts'
import type { AppEnv } from '../api-keys/caller.ts'
import { invalidRequest, json, problems, sessionParam } from '../openapi/schemas.ts'
import { readBody } from '../request/body.ts'
import { idempotencyHeaders, idempotencyKeyOf } from '../request/send-headers.ts'
import type { UploadOptions } from '../uploads/index.ts'
import type { RouteDefinition } from './define-route.ts'

/** Serves and documents routes. */
export function mountRoutes(
	sessions: Sessions,
	uploads: UploadOptions,
	definitions: readonly RouteDefinition[],
) {
	const app = new OpenAPIHono<AppEnv>()
	for (const definition of definitions)
		for (const { method, path } of waysTo(definition)) {
			app.openAPIRegistry.registerPath(documented(definition, method, path))
			app.on(method.toUpperCase(), honoPath(path), handler(definition))
		}
	return app

	function handler(definition: RouteDefinition) {
		return async function handle(c: Context<AppEnv>) {
			const params = valid(definition.params, c.req.param())
			const query = valid(definition.query, c.req.query())
			const { input: body, dispose } = await bodyOf(c, definition.body, uploads)
			try {
				// `defineRoute` has checked that `run` takes what these schemas give.
				const given = { params: params as never, query: query as never, body: body as never }
				const answer = await definition.run({
					...given,
					session: sessions.get(c.req.param('session') ?? ''),
					caller: c.get('caller'),
					idempotencyKey: definition.creates ? idempotencyKeyOf(c) : undefined,
				})
				return c.json(answer as object, 200)
			} finally {
				await dispose()
			}
		}
	}
}

/** The ways to ask for a route, with their whole paths in the native API. */
export const waysTo = ({ method, path, twin }: RouteDefinition) =>
	[{ method, path }, ...(twin ? [twin] : [])].map((way) => ({
		...way,
		path: `/sessions/{session}${way.path}`,
	}))

const honoPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1')

function documented(definition: RouteDefinition, method: RouteDefinition['method'], path: string) {
	const { summary, description, params, query, body, answer, success, files, creates } = definition
	return createRoute({
		method,
		path,
		summary,
		...(description && { description }),
		request: {
			params: sessionParam.extend(params.shape),
			query,
			...(creates && { headers: idempotencyHeaders }),
			...(body && {
				body: {
					required: !body.safeParse({}).success,
					content: {
						'application/json': { schema: body },
						...(files && { 'multipart/form-data': { schema: body } }),
					},
				},
			}),
		},
		responses: { 200: { description: success, ...json(answer) }, ...problems },
	})
}

async function bodyOf(c: Context, schema: z.ZodObject | undefined, uploads: UploadOptions) {
	if (schema) return readBody(c, schema, uploads)
	return { input: {}, dispose: async () => {} }
}

function valid(schema: z.ZodObject, given: Record<string, unknown>) {
	const parsed = schema.safeParse(given)
	if (!parsed.success) throw invalidRequest(parsed.error)
	return parsed.data
}
