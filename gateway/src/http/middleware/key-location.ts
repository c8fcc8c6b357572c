import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'

type Registry = OpenAPIHono['openAPIRegistry']
type SecurityScheme = Parameters<Registry['registerComponent']>[2]

/** Where an API expects the key of its callers. */
export type KeyLocation = {
	/** The key of a request, or undefined if it carries none. */
	read(c: Context): string | undefined | Promise<string | undefined>
	/** How to send it, for a caller who sent none. */
	advice: string
	/** Whether its routes say which action they are. */
	knowsActions?: boolean
	/** The OpenAPI security schemes, by name; a request needs one of them. */
	schemes: Record<string, SecurityScheme>
}

/** The key in `Authorization: Bearer KEY`. */
export function bearerIn(c: Context): string | undefined {
	return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
}

/** The key in `X-API-Key: KEY`. */
export function apiKeyIn(c: Context): string | undefined {
	return c.req.header('x-api-key')
}

export const bearerScheme: SecurityScheme = { type: 'http', scheme: 'bearer' }
export const apiKeyScheme: SecurityScheme = { type: 'apiKey', in: 'header', name: 'X-API-Key' }

/** The location of the native API. */
export const eitherHeader: KeyLocation = {
	read: (c) => bearerIn(c) ?? apiKeyIn(c),
	advice: 'Send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`.',
	schemes: { bearer: bearerScheme, apiKey: apiKeyScheme },
}

/** The `security` of an operation whose key may come by any scheme of a location. */
export function securityOf({ schemes }: KeyLocation): Record<string, string[]>[] {
	return Object.keys(schemes).map((name) => ({ [name]: [] }))
}

/** Adds the schemes of a location to the OpenAPI document. */
export function registerSchemes(registry: Registry, { schemes }: KeyLocation): void {
	for (const [name, scheme] of Object.entries(schemes))
		registry.registerComponent('securitySchemes', name, scheme)
}
