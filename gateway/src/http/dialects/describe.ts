import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { describeSchemes, securityOf } from '../key-place.ts'
import { json } from '../native/schemas.ts'
import type { Dialect, Endpoint } from './dialect.ts'

type Registry = OpenAPIHono['openAPIRegistry']

/** Puts a dialect's operations into the OpenAPI document, under its own tag and with its own keys. */
export function describeDialect(registry: Registry, dialect: Dialect, endpoints: Endpoint[]): void {
	const { name, basePath, key, errorSchema } = dialect
	describeSchemes(registry, key)
	for (const { method, path, summary, query, body, as = 'json', answer } of endpoints) {
		const type = as === 'form' ? 'multipart/form-data' : 'application/json'
		registry.registerPath({
			method,
			path: `${basePath}${path}`,
			summary,
			tags: [name],
			security: securityOf(key),
			request: {
				params: paramsIn(`${basePath}${path}`),
				...(query && { query }),
				...(body && { body: { required: true, content: { [type]: { schema: body } } } }),
			},
			responses: {
				...(answer && { 200: { description: 'Done', ...json(answer) } }),
				default: { description: 'Not done; the body says why', ...json(errorSchema) },
			},
		})
	}
}

function paramsIn(path: string) {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
	return z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}
