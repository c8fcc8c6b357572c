// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const session: RouteResource = {
	name: 'Session',
	value: 'session',
	description: 'The WhatsApp accounts that are linked',
	operations: [
		{
			name: 'Get Settings',
			value: 'getSettings',
			action: 'Get the settings of a session',
			description: 'Get the settings of a session',
			method: 'GET',
			path: '/settings',
			places: [],
			fields: [],
			shapes: {},
		},
	],
}
