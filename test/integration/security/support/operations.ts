import type { TestGateway } from '../../../support/gateway/gateway.ts'

export type Schema = Record<string, any>
export type Parameter = { name: string; in: string; required?: boolean; schema: Schema }
type Content = Record<string, { schema: Schema; example?: unknown }>
export type Operation = {
	method: string
	path: string
	summary: string
	parameters: Parameter[]
	/** By content type. */
	bodies: Content
	/** By status, or `default`. */
	responses: Record<string, { content?: Content; 'x-may-be-empty'?: true }>
	/** True if it needs no key. */
	isPublic: boolean
}

export type Document = { paths: Record<string, Record<string, any>>; [part: string]: any }

/** The OpenAPI document that a gateway shows. */
export async function documentOf({ request }: TestGateway): Promise<Document> {
	return (await request('GET', '/openapi.json', undefined, {})).body
}

/** Everything that it says can be asked for. */
export function operationsIn(document: Document): Operation[] {
	return Object.entries(document.paths).flatMap(([path, methods]) =>
		Object.entries(methods).map(([method, said]) => ({
			method: method.toUpperCase(),
			path,
			summary: said.summary ?? '',
			parameters: said.parameters ?? [],
			bodies: said.requestBody?.content ?? {},
			responses: said.responses,
			isPublic: said.security?.length === 0,
		})),
	)
}

/** The addresses that a gateway answers at and that are not in its document: second names, and the sandbox's. */
export function otherOperations({ app }: TestGateway, known: Operation[]): Operation[] {
	const written = new Set(known.map(({ method, path }) => `${method} ${path}`))
	return app.routes
		.filter(({ method }) => method !== 'ALL')
		.map(({ method, path }) => ({ method, path: path.replaceAll(/:(\w+)/g, '{$1}') }))
		.filter(({ method, path }) => !written.has(`${method} ${path}`))
		.map((found) => ({
			...found,
			summary: 'not in the document',
			parameters: [],
			bodies: {},
			responses: {},
			isPublic: false,
		}))
}
