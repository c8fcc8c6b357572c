// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const status: RouteResource = {
	name: 'Status',
	value: 'status',
	description: 'Updates that disappear after a day',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many statuses',
			description:
				'Get the statuses of the account and its contacts of the last 24 hours, as far as they reached the gateway',
			method: 'GET',
			path: '/statuses',
			places: [],
			fields: [],
			collection: {
				displayName: 'Filters',
				fields: [
					{
						displayName: 'Contact',
						name: 'from',
						description: 'A phone number with country code, or the ID of a person',
						type: 'string',
						default: '',
						placeholder: 'e.g. 4915112345678',
						routing: { send: { type: 'query', property: 'from' } },
					},
					{
						displayName: 'Limit',
						name: 'limit',
						description: 'Max number of results to return',
						type: 'number',
						typeOptions: { minValue: 1, maxValue: 500, numberPrecision: 0 },
						default: 50,
						routing: { send: { type: 'query', property: 'limit' } },
					},
					{
						displayName: 'Mine',
						name: 'mine',
						description: 'Whether to list those that the account posted; false lists the others',
						type: 'boolean',
						default: false,
						routing: { send: { type: 'query', property: 'mine' } },
					},
				],
			},
			shapes: { from: 'string', mine: 'boolean', limit: 'number' },
			itemsOf: 'statuses',
		},
		{
			name: 'React',
			value: 'react',
			action: 'React to a status',
			description: 'The one who posted it sees the reaction. An empty reaction removes it.',
			method: 'POST',
			path: '/status/react',
			places: [],
			fields: [
				{
					displayName: 'Status',
					name: 'message_id',
					required: true,
					description: 'ID of the status',
					type: 'string',
					default: '',
					placeholder: 'e.g. 3EB0C767D097B7C4',
					hint: 'For the message of WhatsApp Trigger, use {{ $json.message_id }}',
					routing: { send: { type: 'body', property: 'message_id' } },
				},
				{
					displayName: 'Emoji',
					name: 'reaction',
					description: 'One emoji; empty removes the reaction',
					type: 'string',
					default: '',
					placeholder: 'e.g. 👍',
					routing: { send: { type: 'body', property: 'reaction' } },
				},
			],
			collection: {
				displayName: 'Additional Fields',
				fields: [
					{
						displayName: 'Contact',
						name: 'status_owner',
						description: 'A phone number with country code, or the ID of a person',
						type: 'string',
						default: '',
						placeholder: 'e.g. 4915112345678',
						routing: { send: { type: 'body', property: 'status_owner' } },
					},
				],
			},
			shapes: { message_id: 'string', reaction: 'text', status_owner: 'string' },
		},
		{
			name: 'Get Many Viewers',
			value: 'getAllViewers',
			action: 'Get many viewers of a status',
			description:
				'Get the people who received or read a status of the account. Those who hide read receipts are never shown as readers.',
			method: 'GET',
			path: '/status/{message_id}/viewers',
			places: [
				{
					name: 'message_id',
					displayName: 'Status',
					description: 'ID of the status',
					example: '3EB0C767D097B7C4',
				},
			],
			fields: [],
			shapes: {},
			itemsOf: 'viewers',
		},
		{
			name: 'Delete',
			value: 'delete',
			action: 'Delete a status',
			description: 'Delete a status of the account for everyone who was to see it',
			method: 'POST',
			path: '/status/{message_id}/delete',
			places: [
				{
					name: 'message_id',
					displayName: 'Status',
					description: 'ID of the status',
					example: '3EB0C767D097B7C4',
				},
			],
			fields: [],
			collection: {
				displayName: 'Additional Fields',
				fields: [
					{
						displayName: 'Audience',
						name: 'audience',
						description:
							'People who see it: phone numbers or IDs; needed only if another device posted it. One on each line, or an array from an expression.',
						type: 'string',
						typeOptions: { rows: 3 },
						default: '',
						placeholder: 'e.g. 4915112345678',
						routing: { send: { type: 'body', property: 'audience' } },
					},
				],
			},
			shapes: { audience: 'lines' },
		},
	],
}
