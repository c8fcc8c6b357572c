// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const message: RouteResource = {
	name: 'Message',
	value: 'message',
	description: 'Texts, polls, locations, events …',
	operations: [
		{
			name: 'Search',
			value: 'search',
			action: 'Search messages',
			description: 'Search the texts of the kept messages of all chats, the newest first',
			method: 'GET',
			path: '/messages/search',
			places: [],
			fields: [
				{
					displayName: 'Search For',
					name: 'q',
					required: true,
					description: 'Words as they stand in the message',
					type: 'string',
					default: '',
					placeholder: 'e.g. invoice',
					routing: { send: { type: 'query', property: 'q' } },
				},
			],
			shapes: { q: 'string' },
			itemsOf: 'messages',
			pages: { field: 'offset', most: 200 },
		},
	],
}
