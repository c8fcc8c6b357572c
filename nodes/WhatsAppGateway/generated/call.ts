// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { moreFields } from '../../shared/body'
import { idempotencyKey } from '../../shared/idempotency'
import { onLimit, waitAtMost } from '../../shared/limits'
import { type SendResource } from '../sending'
import { checkRecipient, commonShapes, dryRun, pauseSeconds } from './common'
export const call: SendResource = {
	name: 'Call',
	value: 'call',
	description: 'Calls at a later time',
	operations: [
		{
			name: 'Send Scheduled Call',
			type: 'scheduled-call',
			action: 'Send a scheduled call',
			description:
				"A scheduled call in a group. WhatsApp's own clients use events for this now. WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified. It cannot quote a message: reply_to has no effect.",
			unverified: true,
			shapes: {
				...commonShapes,
				scheduled_timestamp_ms: 'number',
				call_type: 'string',
				title: 'string',
			},
			fields: [
				{
					displayName: 'Time',
					name: 'scheduled_timestamp_ms',
					required: true,
					description: 'Unix time in milliseconds',
					type: 'string',
					default: '',
					placeholder: 'e.g. 1893456000000',
					routing: { send: { type: 'body', property: 'scheduled_timestamp_ms' } },
				},
			],
			additional: [
				{
					displayName: 'Call Title',
					name: 'title',
					description: 'Subject of the call',
					type: 'string',
					default: '',
					placeholder: 'e.g. Weekly Team Sync',
					routing: { send: { type: 'body', property: 'title' } },
				},
				{
					displayName: 'Call Type',
					name: 'call_type',
					description: 'Voice or video',
					type: 'options',
					options: [
						{ name: 'Video', value: 'video' },
						{ name: 'Voice', value: 'voice' },
					],
					default: 'voice',
					routing: { send: { type: 'body', property: 'call_type' } },
				},
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
			name: 'Edit Scheduled Call',
			type: 'scheduled-call-edit',
			action: 'Edit a scheduled call',
			description:
				'Cancels a scheduled call. WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified. It cannot quote a message: reply_to has no effect.',
			unverified: true,
			shapes: { ...commonShapes, scheduled_call_message_id: 'string', edit_type: 'string' },
			fields: [
				{
					displayName: 'Call',
					name: 'scheduled_call_message_id',
					required: true,
					description: 'ID of the message that scheduled it',
					type: 'string',
					default: '',
					placeholder: 'e.g. 3EB0538DA65A59F6D8A251',
					hint: 'For the message of WhatsApp Trigger, use {{ $json.message_id }}',
					routing: { send: { type: 'body', property: 'scheduled_call_message_id' } },
				},
			],
			additional: [
				checkRecipient,
				dryRun,
				{
					displayName: 'Edit',
					name: 'edit_type',
					description: 'The change',
					type: 'options',
					options: [{ name: 'Cancel', value: 'cancel' }],
					default: 'cancel',
					routing: { send: { type: 'body', property: 'edit_type' } },
				},
				idempotencyKey,
				moreFields,
				onLimit,
				pauseSeconds,
				waitAtMost,
			],
		},
	],
}
