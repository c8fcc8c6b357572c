// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { type INodeProperties } from 'n8n-workflow'
import { type Shapes } from '../../shared/body'
export const replyTo: INodeProperties = {
	displayName: 'Reply To',
	name: 'reply_to',
	description: 'ID of the message to reply to; it is quoted',
	type: 'string',
	default: '',
	placeholder: 'e.g. 3EB0538DA65A59F6D8A251',
	hint: 'For the message of WhatsApp Trigger, use {{ $json.message_id }}',
	routing: { send: { type: 'body', property: 'reply_to' } },
}

export const expiration: INodeProperties = {
	displayName: 'Disappears After',
	name: 'expiration',
	description:
		"Seconds after which the message disappears, instead of what is set in the chat (0: it stays). WhatsApp's own clients offer 1, 7 and 90 days; any number works.",
	type: 'options',
	options: [
		{ name: '1 Day', value: 86400 },
		{ name: '7 Days', value: 604800 },
		{ name: '90 Days', value: 7776000 },
		{ name: 'None', value: 0 },
	],
	default: 86400,
	routing: { send: { type: 'body', property: 'expiration' } },
}

export const audience: INodeProperties = {
	displayName: 'Audience',
	name: 'audience',
	description:
		'People who see a status: phone numbers or IDs. Each of them costs one encryption. One on each line, or an array from an expression.',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. 4915112345678',
	routing: { send: { type: 'body', property: 'audience' } },
}

export const checkRecipient: INodeProperties = {
	displayName: 'Check Recipient',
	name: 'check_recipient',
	description: 'Whether to check first that the number is on WhatsApp',
	type: 'boolean',
	default: false,
	routing: { send: { type: 'body', property: 'check_recipient' } },
}

export const typing: INodeProperties = {
	displayName: 'Typing',
	name: 'typing',
	description:
		'Whether the chat shows first that the account is typing, for as long as a person takes for that text: 1 to 15 seconds; before a voice note, that it is recording. The message is kept meanwhile, and later ones wait for it.',
	type: 'boolean',
	default: false,
	routing: { send: { type: 'body', property: 'typing' } },
}

export const typingSeconds: INodeProperties = {
	displayName: 'Typing Seconds',
	name: 'typing_seconds',
	description: 'Show typing or recording for so many seconds, whatever the text',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 60 },
	default: '',
	placeholder: 'e.g. 3',
	routing: { send: { type: 'body', property: 'typing_seconds' } },
}

export const pauseSeconds: INodeProperties = {
	displayName: 'Pause Before Sending (Seconds)',
	name: 'pause_seconds',
	description:
		'So many seconds after the last message to anybody else this one leaves (0: at once), instead of the pause that is set for the session. It is kept meanwhile, and later ones to the chat wait for it.',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 300 },
	default: '',
	placeholder: 'e.g. 10',
	routing: { send: { type: 'body', property: 'pause_seconds' } },
}

export const dryRun: INodeProperties = {
	displayName: 'Dry Run',
	name: 'dry_run',
	description:
		'Whether nothing is sent: the answer says whom the message would go to, and whether the limits of the number would let it go now',
	type: 'boolean',
	default: false,
	routing: { send: { type: 'body', property: 'dry_run' } },
}

export const commonShapes: Shapes = {
	to: 'text',
	reply_to: 'string',
	expiration: 'number',
	audience: 'lines',
	check_recipient: 'boolean',
	typing: 'boolean',
	typing_seconds: 'number',
	pause_seconds: 'number',
	dry_run: 'boolean',
}
