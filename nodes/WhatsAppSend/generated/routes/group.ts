// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const group: RouteResource = {
	name: 'Group',
	value: 'group',
	description: 'Groups and invitations to them',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many groups',
			description:
				'Get the groups that the account is in, by name. WhatsApp is asked at most every 15 seconds.',
			method: 'GET',
			path: '/groups',
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
			itemsOf: 'groups',
			isPaged: true,
		},
		{
			name: 'Get',
			value: 'get',
			action: 'Get a group and its members',
			description: 'Get a group and its members',
			method: 'GET',
			path: '/groups/{jid}/info',
			places: [
				{
					name: 'jid',
					displayName: 'Group',
					description: 'ID of the group',
					example: '120363000000000000@g.us',
					picker: 'group',
				},
			],
			fields: [],
			shapes: {},
		},
	],
}
