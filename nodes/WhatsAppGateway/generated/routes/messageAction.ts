// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type RouteResource } from '../../calling'
export const messageAction: RouteResource = {
	name: 'Existing Message',
	value: 'messageAction',
	description: 'React to, edit, delete, pin, forward … a message',
	operations: [
		{
			name: 'Delete for Me',
			value: 'deleteForMe',
			action: 'Delete a message for this account',
			description: 'Delete it on the devices of the account. Others keep it.',
			method: 'POST',
			path: '/messages/delete-for-me',
			places: [],
			fields: [
				{
					displayName: 'Message ID',
					name: 'message_id',
					required: true,
					type: 'string',
					default: '',
					placeholder: 'e.g. 3EB0C767D097B7C4',
					hint: 'For the message of WhatsApp Trigger, use {{ $json.message_id }}',
					routing: { send: { type: 'body', property: 'message_id' } },
				},
			],
			collection: {
				displayName: 'Additional Fields',
				fields: [
					{
						displayName: 'Delete Media',
						name: 'delete_media',
						description: 'Whether phones delete its file as well',
						type: 'boolean',
						default: true,
						routing: { send: { type: 'body', property: 'delete_media' } },
					},
				],
			},
			shapes: { message_id: 'string', delete_media: 'boolean' },
		},
	],
}
