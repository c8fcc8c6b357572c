import type { OpenAPIHono } from '@hono/zod-openapi'
import type { Context } from 'hono'

type SecurityRegistry = OpenAPIHono['openAPIRegistry']
type Scheme = Parameters<SecurityRegistry['registerComponent']>[2]

/** Where callers put their key. */
export type KeyLocation = {
	read(c: Context): string | undefined | Promise<string | undefined>
	/** How it is sent, for who sent none. */
	advice: string
	/** For the OpenAPI document, by name; one of them is enough. */
	schemes: Record<string, Scheme>
}

/** `Authorization: Bearer KEY`. */
export function bearerIn(c: Context): string | undefined {
	return /^Bearer +(\S+)$/i.exec(c.req.header('authorization') ?? '')?.[1]
}

/** `X-API-Key: KEY`. */
export function apiKeyIn(c: Context): string | undefined {
	return c.req.header('x-api-key')
}

export const bearerScheme: Scheme = { type: 'http', scheme: 'bearer' }
export const apiKeyScheme: Scheme = { type: 'apiKey', in: 'header', name: 'X-API-Key' }

/** Where our own API takes it from. */
export const eitherHeader: KeyLocation = {
	read: (c) => bearerIn(c) ?? apiKeyIn(c),
	advice: 'Send it as `Authorization: Bearer KEY` or `X-API-Key: KEY`.',
	schemes: { bearer: bearerScheme, apiKey: apiKeyScheme },
}

/** The schemes of a place as what an operation asks for. */
export function securityOf({ schemes }: KeyLocation): Record<string, string[]>[] {
	return Object.keys(schemes).map((name) => ({ [name]: [] }))
}

/** Describes a place in the OpenAPI document. */
export function describeSchemes(registry: SecurityRegistry, { schemes }: KeyLocation): void {
	for (const [name, scheme] of Object.entries(schemes))
		registry.registerComponent('securitySchemes', name, scheme)
}
