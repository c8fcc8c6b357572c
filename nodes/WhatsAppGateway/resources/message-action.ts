import type { INodeProperties } from 'n8n-workflow'
import { recipient } from '../../shared/descriptions'
import { doing, messageId, ofSession, onSession, resourceWith } from '../routing'

const messageIds: INodeProperties = {
	displayName: 'Message IDs',
	name: 'message_ids',
	type: 'string',
	typeOptions: { rows: 2 },
	required: true,
	default: '',
	placeholder: 'e.g. 3EB0538DA65A59F6D8A251',
	description: 'One on each line, or an array from an expression',
	hint: 'For the message of WhatsApp Trigger, use {{ $json.message_id }}',
	routing: { send: { type: 'body', property: 'message_ids' } },
}

const star: INodeProperties = {
	displayName: 'Star',
	name: 'star',
	type: 'boolean',
	default: true,
	description: 'Whether to add the star; off removes it',
	routing: { send: { type: 'body', property: 'star' } },
}

export const messageAction = resourceWith(
	{
		name: 'Existing Message',
		value: 'messageAction',
		description: 'React to, edit, delete, pin, forward … a message',
	},
	[
		onSession(
			{
				name: 'Mark as Read',
				value: 'markAsRead',
				action: 'Mark messages as read',
				description: 'Send read receipts to the authors of messages',
				routing: doing(ofSession('/messages/read'), { to: 'string', message_ids: 'lines' }),
			},
			[{ ...recipient, displayName: 'Chat', description: 'The chat of the messages' }, messageIds],
		),
		onSession(
			{
				name: 'Star',
				value: 'star',
				action: 'Star a message',
				description: 'Add a star to a message, or remove it, on all devices of the account',
				routing: doing(ofSession('/messages/star'), { message_id: 'string', star: 'boolean' }),
			},
			[{ ...messageId, routing: { send: { type: 'body', property: 'message_id' } } }, star],
		),
	],
)
