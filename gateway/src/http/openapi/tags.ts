import type { OpenAPIHono } from '@hono/zod-openapi'

type Document = ReturnType<OpenAPIHono['getOpenAPI31Document']>
type Operation = { tags?: string[] }

const tagGroups = [
	{ name: 'messages', description: 'Send anything, and see what became of it', at: /\/messages\// },
	{ name: 'media', description: 'Files of messages', at: /\/media\// },
	{
		name: 'chats',
		description: 'Chats, groups and contacts, and what they see of the account',
		at: /\/(chats|groups|contacts|chatstate|presence)(\/|$)/,
	},
	{
		name: 'events',
		description: 'What happens: by webhook, as a stream, or asked for',
		at: /\/(webhooks|events)(\/|$)/,
	},
	{ name: 'sessions', description: 'Linked accounts', at: /\/sessions(\/|$)/ },
	{ name: 'keys', description: 'Who may do what', at: /\/keys(\/|$)/ },
	{ name: 'health', description: 'Does it live, is it ready', at: /^\/(health|ready)$/ },
]

/** The parts of our own API in the OpenAPI document, in their order. */
export const nativeTags = tagGroups.map(({ name, description }) => ({ name, description }))

/** Puts every operation that has no tag into the first chapter that its address fits. */
export function addTags(document: Document): Document {
	for (const [path, item] of Object.entries(document.paths ?? {})) {
		const name = tagGroups.find(({ at }) => at.test(path))?.name
		for (const operation of Object.values(item as Record<string, Operation>))
			if (name) operation.tags ??= [name]
	}
	return document
}
