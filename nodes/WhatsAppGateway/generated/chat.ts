// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { moreFields } from '../../shared/body'
import { idempotencyKey } from '../../shared/idempotency'
import { onLimit, waitAtMost } from '../../shared/limits'
import { type SendResource } from '../sending'
import { checkRecipient, commonShapes, dryRun, pauseSeconds } from './common'
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
				'Turns the advanced privacy of a chat on or off: members cannot export the chat or save its media automatically. WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified. It cannot quote a message: reply_to has no effect.',
			unverified: true,
			shapes: { ...commonShapes, limited: 'boolean' },
			fields: [
				{
					displayName: 'Limited',
					name: 'limited',
					description: 'Whether advanced privacy is on',
					type: 'boolean',
					default: true,
					routing: { send: { type: 'body', property: 'limited' } },
				},
			],
			additional: [
				checkRecipient,
				dryRun,
				idempotencyKey,
				moreFields,
				onLimit,
				pauseSeconds,
				waitAtMost,
			],
		},
	],
}
