import { z, type OpenAPIHono } from '@hono/zod-openapi'
import { registerSchemes, securityOf } from '../middleware/key-location.ts'
import { json } from '../openapi/schemas.ts'
import { successStatuses, type Dialect, type Endpoint } from './dialect.ts'

type Registry = OpenAPIHono['openAPIRegistry']

/** Adds the endpoints of a dialect to the OpenAPI document, with its tag and its security schemes. */
export function describeDialect(registry: Registry, dialect: Dialect, endpoints: Endpoint[]): void {
	const { name, basePath, key, files, errorSchema } = dialect
	registerSchemes(registry, key)
	for (const { method, path, summary, query, body, ...answer } of endpoints) {
		const as = files?.at.test(path) ? files.as : 'json'
		const parameters = query ?? (method === 'get' ? body : undefined)
		registry.registerPath({
			method,
			path: `${basePath}${path}`,
			summary,
			tags: [name],
			security: securityOf(key),
			request: {
				params: paramsIn(`${basePath}${path}`),
				...(parameters && { query: parameters }),
				...(body && method !== 'get' && { body: { required: true, content: contentOf(body, as) } }),
			},
			responses: {
				...responsesOf(answer),
				default: { description: 'The request failed; the body says why', ...json(errorSchema) },
			},
		})
	}
}

function responsesOf({
	response,
	mayBeEmpty,
	bytes,
	statuses = [200],
}: Pick<Endpoint, 'response' | 'mayBeEmpty' | 'bytes' | 'statuses'>) {
	if (!response) return {}
	const content = {
		...(response !== 'empty' && json(response).content),
		...(bytes && { [bytes]: { schema: z.string().openapi({ format: 'binary' }) } }),
	}
	const inside = {
		...(Object.keys(content).length && { content }),
		...(mayBeEmpty && { 'x-may-be-empty': true }),
	}
	return Object.fromEntries(
		statuses.map((status) => [status, { description: successStatuses[status], ...inside }]),
	)
}

const mediaTypes = {
	json: ['application/json'],
	form: ['multipart/form-data'],
	either: ['application/json', 'multipart/form-data'],
	both: ['application/json', 'multipart/form-data'],
}

function contentOf(schema: z.ZodObject, as: keyof typeof mediaTypes) {
	return Object.fromEntries(mediaTypes[as].map((type) => [type, { schema }]))
}

function paramsIn(path: string) {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
	return z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}
