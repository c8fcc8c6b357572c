import type { INodeProperties } from 'n8n-workflow'
import { completeBody } from '../../shared/body'
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
	hint: 'Of the message of WhatsApp Trigger it is {{ $json.message_id }}',
	routing: { send: { type: 'body', property: 'message_ids' } },
}

const star: INodeProperties = {
	displayName: 'Star',
	name: 'star',
	type: 'boolean',
	default: true,
	description: 'Whether to put a star on it, or to take the star back',
	routing: { send: { type: 'body', property: 'star' } },
}

export const messageAction = resourceWith(
	{
		name: 'Message Action',
		value: 'messageAction',
		description: 'React to, edit, delete, pin, forward … a message',
	},
	[
		onSession(
			{
				name: 'Mark as Read',
				value: 'markAsRead',
				action: 'Mark messages as read',
				description: 'Show the authors of messages that they were read',
				routing: doing(ofSession('/messages/read'), [completeBody({ message_ids: 'lines' })]),
			},
			[{ ...recipient, displayName: 'Chat', description: 'Where the messages are' }, messageIds],
		),
		onSession(
			{
				name: 'Star',
				value: 'star',
				action: 'Star a message',
				description: 'Put a star on a message, or take it back, on all devices of the account',
				routing: doing(ofSession('/messages/star')),
			},
			[{ ...messageId, routing: { send: { type: 'body', property: 'message_id' } } }, star],
		),
	],
)
