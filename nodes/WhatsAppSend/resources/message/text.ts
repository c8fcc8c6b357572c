import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow'
import { idempotencyKey } from '../../../shared/idempotency'
import { replyTo, sendRouting } from './shared'

export const operation: INodePropertyOptions = {
	name: 'Send Text',
	value: 'text',
	action: 'Send a text message',
	description: 'Send a text message to a person or group',
	routing: sendRouting('text'),
}

export const fields: INodeProperties[] = [
	{
		displayName: 'Text',
		name: 'text',
		type: 'string',
		typeOptions: { rows: 4 },
		required: true,
		default: '',
		placeholder: 'e.g. Hello!',
		description: "What to write. WhatsApp's *bold*, _italic_ and ~strikethrough~ work.",
		routing: { send: { type: 'body', property: 'text' } },
	},
	{
		displayName: 'Additional Fields',
		name: 'additionalFields',
		type: 'collection',
		placeholder: 'Add Field',
		default: {},
		options: [idempotencyKey, replyTo],
	},
]
