// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const contact: RouteResource = {
	name: 'Contact',
	value: 'contact',
	description: 'Contacts and phone numbers',
	operations: [
		{
			name: 'Check Number',
			value: 'checkNumber',
			action: 'Check which phone numbers are on WhatsApp',
			description: 'WhatsApp blocks accounts that check many unknown numbers',
			method: 'POST',
			path: '/contacts/check',
			places: [],
			fields: [
				{
					displayName: 'Phone Numbers',
					name: 'phones',
					required: true,
					type: 'string',
					typeOptions: { rows: 3 },
					default: '',
					placeholder: 'e.g. 4915112345678',
					description: 'One on each line, or an array from an expression',
					routing: { send: { type: 'body', property: 'phones' } },
				},
			],
			shapes: { phones: 'lines' },
			itemsOf: 'results',
		},
	],
}
