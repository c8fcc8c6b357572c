import type { INodeProperties } from 'n8n-workflow'
import { asking, each, ofSession, onSession, resourceWith } from '../reading'

const search: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. Anna',
	description: 'Only chats whose name, phone number or ID has this in it',
	routing: { send: { type: 'query', property: 'search', value: '={{ $value || undefined }}' } },
}

export const chat = resourceWith(
	{ name: 'Chat', value: 'chat', description: 'Chats and their settings' },
	[
		onSession(
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many chats',
				description: 'Get the people and groups that messages were exchanged with, newest first',
				routing: asking(ofSession('/chats'), each('chats')),
			},
			[search],
		),
	],
)
