// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const chat: RouteResource = {
	name: 'Chat',
	value: 'chat',
	description: 'Chats and their settings',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many chats',
			description:
				'Get the people, groups and channels with whom messages were exchanged, newest first; then known contacts',
			method: 'GET',
			path: '/chats',
			places: [],
			fields: [],
			collection: {
				displayName: 'Filters',
				fields: [
					{
						displayName: 'Search',
						name: 'search',
						description: 'In the name, the number or the ID',
						type: 'string',
						default: '',
						routing: { send: { type: 'query', property: 'search' } },
					},
				],
			},
			shapes: { search: 'string' },
			itemsOf: 'chats',
			isPaged: true,
		},
		{
			name: 'Set Disappearing Messages',
			value: 'setDisappearingMessages',
			action: 'Set disappearing messages of a chat',
			description:
				'In groups only admins may do it, unless the group allows it to all members. Later sends to the chat follow it, unless they have an expiration.',
			method: 'POST',
			path: '/chats/{jid}/disappearing',
			places: [
				{
					name: 'jid',
					displayName: 'Chat',
					description: 'A phone number with country code, or the ID of a person, group or channel',
					example: '4915112345678',
					picker: 'chat',
				},
			],
			fields: [
				{
					displayName: 'Disappears After',
					name: 'seconds',
					required: true,
					description: 'Seconds: 86400, 604800 or 7776000; 0 for never',
					type: 'options',
					options: [
						{ name: '1 Day', value: 86400 },
						{ name: '7 Days', value: 604800 },
						{ name: '90 Days', value: 7776000 },
						{ name: 'None', value: 0 },
					],
					default: 604800,
					routing: { send: { type: 'body', property: 'seconds' } },
				},
			],
			shapes: { seconds: 'number' },
		},
	],
}
