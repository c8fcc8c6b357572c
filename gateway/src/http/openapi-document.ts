import type { OpenAPIHono } from '@hono/zod-openapi'
import type { AppEnv } from './api-keys/caller.ts'
import type { Dialect } from './dialects/dialect.ts'
import { eitherHeader, registerSchemes, securityOf } from './middleware/key-location.ts'
import { registerEventWebhooks, registerReceivedTypes } from './openapi/events.ts'
import { fixNullableRefs } from './openapi/nullable-refs.ts'
import { nativeTags, tagOperations } from './openapi/tags.ts'

/** The OpenAPI 3.1 document of an app: its routes, its events as webhooks, and its dialects. */
export function openApiDocument(app: OpenAPIHono<AppEnv>, dialects: readonly Dialect[]) {
	registerSchemes(app.openAPIRegistry, eitherHeader)
	registerEventWebhooks(app)
	registerReceivedTypes(app)
	const document = app.getOpenAPI31Document({
		openapi: '3.1.0',
		info: {
			title: 'WhatsApp Gateway',
			version: '1',
			description:
				'Link WhatsApp accounts, send messages and receive events. Errors are problem details (RFC 9457) with a ' +
				'machine-readable `code`.',
		},
		tags: [...nativeTags, ...dialects.map(({ name, description }) => ({ name, description }))],
		security: securityOf(eitherHeader),
	})
	return fixNullableRefs(tagOperations(document))
}
