import type { OpenAPIHono } from '@hono/zod-openapi'

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>
type Operation = { tags?: string[] }

const tagRules = [
	{
		name: 'messages',
		description: 'Send messages and statuses, and follow their delivery',
		at: /\/(messages|status|statuses)\/|\/statuses$/,
	},
	{ name: 'media', description: 'Upload and download files', at: /\/media\// },
	{
		name: 'chats',
		description: 'Chats, groups, contacts and presence',
		at: /\/(chats|groups|contacts|blocking|chatstate|presence|spam)(\/|$)/,
	},
	{
		name: 'account',
		description: 'The profile, the privacy settings and the calls of an account',
		at: /\/(profile|privacy|tctoken|limits|calls|settings)(\/|$)/,
	},
	{
		name: 'catalog',
		description: 'Products and orders of businesses',
		at: /\/(catalog|orders)(\/|$)/,
	},
	{
		name: 'events',
		description: 'Receive events by webhook or stream, or read the event log',
		at: /\/(webhooks|events)(\/|$)/,
	},
	{
		name: 'sessions',
		description: 'Link and manage WhatsApp accounts',
		at: /\/(sessions|tags)(\/|$)/,
	},
	{ name: 'keys', description: 'Manage API keys', at: /\/keys(\/|$)/ },
	{
		name: 'health',
		description: 'Probes, metrics and the state of the gateway',
		at: /^\/(health|ready|metrics|api\/v1\/gateway(\/checks)?)$/,
	},
]

/** The tags of the native API in the OpenAPI document, in their order. */
export const nativeTags = tagRules.map(({ name, description }) => ({ name, description }))

/** Gives every operation without a tag the first one whose rule matches its path. */
export function tagOperations(document: Document): Document {
	for (const [path, item] of Object.entries(document.paths ?? {})) {
		const name = tagRules.find(({ at }) => at.test(path))?.name
		for (const operation of Object.values(item as Record<string, Operation>))
			if (name) operation.tags ??= [name]
	}
	return document
}
