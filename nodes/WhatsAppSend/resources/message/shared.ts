import type { INodeProperties, INodePropertyRouting } from 'n8n-workflow'
import { failWhenRefused } from '../../../shared/errors'
import { onceHeaders } from '../../../shared/idempotency'

/** How every message type is sent: one POST for each item, which a retry cannot double. */
export const sendRouting = (type: string): INodePropertyRouting => ({
	request: {
		method: 'POST',
		url: `=/api/v1/sessions/{{ encodeURIComponent($parameter.session) }}/messages/${type}`,
		headers: onceHeaders,
	},
	output: { postReceive: [failWhenRefused] },
})

export const replyTo: INodeProperties = {
	displayName: 'Reply to Message ID',
	name: 'reply_to',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3EB0C767D097B7C7C030',
	description: 'The message to quote',
	hint: 'To quote the message of WhatsApp Trigger, use {{ $json.data.message_id }}',
	routing: { send: { type: 'body', property: 'reply_to' } },
}
