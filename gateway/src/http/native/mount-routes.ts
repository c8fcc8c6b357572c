import { createRoute, OpenAPIHono, type z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { AppEnv } from '../api-keys/caller.ts'
import { invalidRequest, json, problems } from '../openapi/schemas.ts'
import { readBody } from '../request/body.ts'
import { idempotencyHeaders, idempotencyKeyOf } from '../request/send-headers.ts'
import type { UploadOptions } from '../uploads/index.ts'
import { noContent, type RouteDefinition, type RouteServices } from './define-route.ts'

/** Serves and documents routes. */
export function mountRoutes(
	services: RouteServices,
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
				const idempotencyKey = definition.creates ? idempotencyKeyOf(c) : undefined
				const request = { ...given, caller: c.get('caller'), idempotencyKey }
				const answer = await definition.run(request, services)
				if (definition.answer === noContent) return c.body(null, 204)
				return c.json(answer as object, definition.status)
			} finally {
				await dispose()
			}
		}
	}
}

/** The ways to ask for a route. */
export const waysTo = ({ method, path, twin }: RouteDefinition) => [
	{ method, path },
	...(twin ? [twin] : []),
]

const honoPath = (path: string) => path.replaceAll(/\{(\w+)\}/g, ':$1')

function documented(definition: RouteDefinition, method: RouteDefinition['method'], path: string) {
	const { summary, description, params, query, body, files, creates } = definition
	return createRoute({
		method,
		path,
		summary,
		...(description && { description }),
		request: {
			params,
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
		responses: { ...answerOf(definition), ...problems },
	})
}

type Responses = Parameters<typeof createRoute>[0]['responses']

function answerOf({ answer, status, success: description }: RouteDefinition): Responses {
	if (answer === noContent) return { 204: { description } }
	return { [status]: { description, ...json(answer) } }
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
