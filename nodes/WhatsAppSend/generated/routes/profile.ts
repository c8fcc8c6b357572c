// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const profile: RouteResource = {
	name: 'Profile',
	value: 'profile',
	description: 'Name, picture and about of the account',
	operations: [
		{
			name: 'Get',
			value: 'get',
			action: 'Get the profile of the account',
			description: 'Get the profile of the account',
			method: 'GET',
			path: '/profile',
			places: [],
			fields: [],
			shapes: {},
		},
		{
			name: 'Set About',
			value: 'setAbout',
			action: 'Set the about text of the account',
			description: 'Set the about text of the account',
			method: 'PUT',
			path: '/profile/about',
			places: [],
			fields: [
				{
					displayName: 'About',
					name: 'about',
					description: 'At most 139 characters; an empty text removes it',
					type: 'string',
					default: '',
					placeholder: 'e.g. Open until eight',
					routing: { send: { type: 'body', property: 'about' } },
				},
			],
			shapes: { about: 'text' },
		},
	],
}
