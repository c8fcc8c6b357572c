import type { INodeProperties } from 'n8n-workflow'
import { recipient } from '../../shared/descriptions'
import { doing, ofSession, onSession, resourceWith } from '../routing'

const chat: INodeProperties = {
	...recipient,
	displayName: 'Chat',
	description: 'The person or group to whom it is shown',
}

const state: INodeProperties = {
	displayName: 'State',
	name: 'state',
	type: 'options',
	options: [
		{ name: 'Paused', value: 'paused', description: 'The person has stopped typing' },
		{ name: 'Recording', value: 'recording', description: 'A voice note is being recorded' },
		{ name: 'Typing', value: 'typing', description: 'A text is being written' },
	],
	default: 'typing',
	routing: { send: { type: 'body', property: 'state' } },
}

export const chatActions = resourceWith(
	{ name: 'Chat', value: 'chat', description: 'Chats and their settings' },
	[
		onSession(
			{
				name: 'Send Typing',
				value: 'sendTyping',
				action: 'Show typing or recording',
				description: 'Show for some seconds that you are typing or recording',
				routing: doing(ofSession('/chatstate/send'), { to: 'string', state: 'string' }),
			},
			[chat, state],
		),
	],
)
