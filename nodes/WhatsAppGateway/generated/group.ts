// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { moreFields } from '../../shared/body'
import { idempotencyKey } from '../../shared/idempotency'
import { onLimit, waitAtMost } from '../../shared/limits'
import { type SendResource } from '../sending'
import {
	checkRecipient,
	commonShapes,
	dryRun,
	expiration,
	pauseSeconds,
	replyTo,
	typing,
	typingSeconds,
} from './common'
export const group: SendResource = {
	name: 'Group',
	value: 'group',
	description: 'Groups and invitations to them',
	operations: [
		{
			name: 'Set Member Tag',
			type: 'member-tag',
			action: 'Set the own tag in a group',
			description:
				'Sets the tag that a group shows beside the name of this account, and has no effect elsewhere. An empty label removes it. Not verified against WhatsApp. It cannot quote a message: reply_to has no effect.',
			shapes: { ...commonShapes, label: 'text' },
			fields: [
				{
					displayName: 'Tag',
					name: 'label',
					description: 'At most 30 characters; empty removes it',
					type: 'string',
					default: '',
					placeholder: 'e.g. Coach',
					routing: { send: { type: 'body', property: 'label' } },
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
		{
			name: 'Send Group Invite',
			type: 'group-invite',
			action: 'Send a group invite',
			description:
				'An invitation to a group: a card with a button to join. WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified.',
			unverified: true,
			shapes: {
				...commonShapes,
				group_jid: 'string',
				group_name: 'string',
				invite_code: 'text',
				caption: 'string',
				invite_expiration: 'number',
			},
			fields: [
				{
					displayName: 'Group',
					name: 'group_jid',
					required: true,
					description: 'ID of the group',
					type: 'string',
					default: '',
					placeholder: 'e.g. 120363000000000000@g.us',
					routing: { send: { type: 'body', property: 'group_jid' } },
				},
				{
					displayName: 'Group Name',
					name: 'group_name',
					required: true,
					description: 'Name of the group',
					type: 'string',
					default: '',
					placeholder: 'e.g. Team',
					routing: { send: { type: 'body', property: 'group_name' } },
				},
				{
					displayName: 'Invite Code',
					name: 'invite_code',
					description: "Code of the group's invite link, or the whole link",
					type: 'string',
					default: '',
					placeholder: 'e.g. AbCdEfGhIjKlMnOpQrStUv',
					routing: { send: { type: 'body', property: 'invite_code' } },
				},
				{
					displayName: 'Caption',
					name: 'caption',
					description: 'Text below the invitation',
					type: 'string',
					typeOptions: { rows: 4 },
					default: '',
					placeholder: 'e.g. Join us!',
					routing: { send: { type: 'body', property: 'caption' } },
				},
			],
			additional: [
				checkRecipient,
				expiration,
				dryRun,
				idempotencyKey,
				moreFields,
				onLimit,
				pauseSeconds,
				replyTo,
				typing,
				typingSeconds,
				{
					displayName: 'Valid Until',
					name: 'invite_expiration',
					description: 'Unix time in seconds',
					type: 'number',
					typeOptions: { minValue: 0, maxValue: 253402300799, numberPrecision: 0 },
					default: '',
					placeholder: 'e.g. 1893456000',
					routing: { send: { type: 'body', property: 'invite_expiration' } },
				},
				waitAtMost,
			],
		},
	],
}
