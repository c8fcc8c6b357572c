// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const call: RouteResource = {
	name: 'Call',
	value: 'call',
	description: 'Calls at a later time',
	operations: [
		{
			name: 'Get Many',
			value: 'getAll',
			action: 'Get many calls',
			description: 'Get the calls that came in since the session was linked, the last 1,000',
			method: 'GET',
			path: '/calls',
			places: [],
			fields: [],
			shapes: {},
			itemsOf: 'calls',
			pages: { field: 'offset', most: 1000 },
		},
		{
			name: 'Reject',
			value: 'reject',
			action: 'Reject a call',
			description: 'While it rings: the event call.received has the status offer then',
			method: 'POST',
			path: '/calls/reject',
			places: [],
			fields: [
				{
					displayName: 'Call ID',
					name: 'call_id',
					required: true,
					type: 'string',
					default: '',
					routing: { send: { type: 'body', property: 'call_id' } },
				},
			],
			collection: {
				displayName: 'Additional Fields',
				fields: [
					{
						displayName: 'Caller',
						name: 'from',
						description: 'If given, only a call of this caller is rejected',
						type: 'string',
						default: '',
						routing: { send: { type: 'body', property: 'from' } },
					},
				],
			},
			shapes: { call_id: 'string', from: 'string' },
		},
		{
			name: 'Create Link',
			value: 'createLink',
			action: 'Create a link to a call',
			description: 'Whoever has the link can join. Not verified against WhatsApp.',
			method: 'POST',
			path: '/calls/link',
			places: [],
			fields: [
				{
					displayName: 'Type',
					name: 'type',
					required: true,
					type: 'options',
					options: [
						{ name: 'Audio', value: 'audio' },
						{ name: 'Video', value: 'video' },
					],
					default: 'video',
					routing: { send: { type: 'body', property: 'type' } },
				},
			],
			collection: {
				displayName: 'Additional Fields',
				fields: [
					{
						displayName: 'Start Time',
						name: 'start_time',
						description: 'Of a planned call: Unix time in seconds',
						type: 'number',
						typeOptions: { minValue: 0, numberPrecision: 0 },
						default: '',
						routing: { send: { type: 'body', property: 'start_time' } },
					},
				],
			},
			shapes: { type: 'string', start_time: 'number' },
		},
	],
}
