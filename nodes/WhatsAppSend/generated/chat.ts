// Made from the definitions in gateway/src/messages: npm run generate

import { moreFields } from '../../shared/body'
import { idempotencyKey } from '../../shared/idempotency'
import { type SendResource } from '../sending'
import { audience, checkRecipient, expiration, replyTo } from './common'
export const chat: SendResource = {
	name: 'Chat',
	value: 'chat',
	description: 'Chats and their settings',
	operations: [
		{
			name: 'Limit Sharing',
			type: 'limit-sharing',
			action: 'Limit sharing of a chat',
			description:
				"Turns a chat's advanced privacy on or off: nobody in it can export it or save its media by itself. Whether WhatsApp delivers it from an ordinary account, and shows it, is its own decision and was not verified. It cannot quote: reply_to is accepted and has no effect.",
			unverified: true,
			shapes: { audience: 'lines' },
			fields: [
				{
					displayName: 'Limited',
					name: 'limited',
					description: 'Whether limited is on. False lifts it.',
					type: 'boolean',
					default: true,
					routing: { send: { type: 'body', property: 'limited' } },
				},
			],
			additional: [audience, checkRecipient, expiration, idempotencyKey, moreFields, replyTo],
		},
	],
}
