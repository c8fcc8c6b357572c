import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { describeSchemes, securityOf } from '../middleware/key-location.ts'
import { json } from '../openapi/schemas.ts'
import { successes, type Dialect, type Endpoint } from './dialect.ts'

type Registry = OpenAPIHono['openAPIRegistry']

/** Puts a dialect's operations into the OpenAPI document, under its own tag and with its own keys. */
export function describeDialect(registry: Registry, dialect: Dialect, endpoints: Endpoint[]): void {
	const { name, basePath, key, files, errorSchema } = dialect
	describeSchemes(registry, key)
	for (const { method, path, summary, query, body, answer, statuses } of endpoints) {
		const as = files?.at.test(path) ? files.as : 'json'
		const asked = query ?? (method === 'get' ? body : undefined)
		registry.registerPath({
			method,
			path: `${basePath}${path}`,
			summary,
			tags: [name],
			security: securityOf(key),
			request: {
				params: paramsIn(`${basePath}${path}`),
				...(asked && { query: asked }),
				...(body && method !== 'get' && { body: { required: true, content: contentOf(body, as) } }),
			},
			responses: {
				...(answer && answersOf(answer, statuses)),
				default: { description: 'Not done; the body says why', ...json(errorSchema) },
			},
		})
	}
}

function answersOf(schema: z.ZodType, statuses: Endpoint['statuses'] = [200]) {
	return Object.fromEntries(
		statuses.map((status) => [status, { description: successes[status], ...json(schema) }]),
	)
}

const mediaTypes = {
	json: ['application/json'],
	form: ['multipart/form-data'],
	either: ['application/json', 'multipart/form-data'],
}

function contentOf(schema: z.ZodObject, as: keyof typeof mediaTypes) {
	return Object.fromEntries(mediaTypes[as].map((type) => [type, { schema }]))
}

function paramsIn(path: string) {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
	return z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}
