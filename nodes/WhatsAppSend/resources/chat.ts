import type { INodeProperties } from 'n8n-workflow'
import { recipient } from '../../shared/descriptions'
import { asking, doing, each, ofSession, onSession, resourceWith } from '../routing'

const search: INodeProperties = {
	displayName: 'Search',
	name: 'search',
	type: 'string',
	default: '',
	placeholder: 'e.g. Anna',
	description: 'Only chats whose name, phone number or ID contains this',
	routing: { send: { type: 'query', property: 'search', value: '={{ $value || undefined }}' } },
}

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

const { routing: _, ...named } = chat
const DAY_SECONDS = 86_400

const seconds: INodeProperties = {
	displayName: 'Disappears After',
	name: 'seconds',
	type: 'options',
	options: [
		{ name: '1 Day', value: DAY_SECONDS },
		{ name: '7 Days', value: 7 * DAY_SECONDS },
		{ name: '90 Days', value: 90 * DAY_SECONDS },
		{ name: 'Never', value: 0 },
	],
	default: 0,
	routing: { send: { type: 'body', property: 'seconds' } },
}

export const chatActions = resourceWith(
	{ name: 'Chat', value: 'chat', description: 'Chats and their settings' },
	[
		onSession(
			{
				name: 'Get Many',
				value: 'getAll',
				action: 'Get many chats',
				description: 'Get the people and groups with whom messages were exchanged, newest first',
				routing: asking(ofSession('/chats'), each('chats')),
			},
			[search],
		),
		onSession(
			{
				name: 'Send Typing',
				value: 'sendTyping',
				action: 'Show typing or recording',
				description: 'Show for some seconds that you are typing or recording',
				routing: doing(ofSession('/chatstate/send')),
			},
			[chat, state],
		),
		onSession(
			{
				name: 'Set Disappearing Messages',
				value: 'setDisappearing',
				action: 'Set disappearing messages of a chat',
				description: 'Make new messages of a chat disappear after a time',
				routing: doing(`${ofSession('/chats', 'to')}/disappearing`),
			},
			[{ ...named, description: 'The chat whose new messages disappear' }, seconds],
		),
	],
)
