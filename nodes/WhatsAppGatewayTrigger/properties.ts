import type { INodeProperties } from 'n8n-workflow'
import { session } from '../shared/descriptions'
import { mediaFields } from '../shared/media'
import { messageTypes } from '../WhatsAppGateway/generated/message-types'
import { events } from './events'

const list = { typeOptions: { multipleValues: true, multipleValueButtonText: 'Add' } }

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'Conditions for events of a chat. Events without a chat are not filtered.',
	options: [
		{
			displayName: 'Chats',
			name: 'chats',
			type: 'string',
			...list,
			default: '',
			placeholder: 'e.g. +49 170 1234567 or 120363001234567890@g.us',
			description: 'Only these chats: phone numbers or IDs',
		},
		{
			displayName: 'Kinds of Chats',
			name: 'kinds',
			type: 'multiOptions',
			default: ['direct'],
			options: [
				{ name: 'Channel', value: 'channel' },
				{ name: 'Direct', value: 'direct', description: 'Chats with one person' },
				{ name: 'Group', value: 'group' },
				{ name: 'Status', value: 'status' },
			],
		},
		{
			displayName: 'Message Types',
			name: 'types',
			type: 'multiOptions',
			default: ['text'],
			description:
				'Only messages of these types. A voice note is an Audio, a GIF is a Video. Reactions and votes are events of their own.',
			options: messageTypes,
		},
		{
			displayName: 'Own Actions',
			name: 'from_me',
			type: 'options',
			default: 'exclude',
			description: 'Whether to include events that the account causes on another device',
			options: [
				{ name: 'Exclude', value: 'exclude' },
				{ name: 'Include', value: 'include' },
				{ name: 'Only Own', value: 'only' },
			],
		},
		{
			displayName: 'Senders',
			name: 'senders',
			type: 'string',
			...list,
			default: '',
			placeholder: 'e.g. +49 170 1234567',
			description: 'Only events of these people: phone numbers or IDs',
		},
		{
			displayName: 'Text Contains',
			name: 'text_contains',
			type: 'string',
			default: '',
			placeholder: 'e.g. order',
			description: 'Upper and lower case are the same',
		},
		{
			displayName: 'Text Matches',
			name: 'text_matches',
			type: 'string',
			default: '',
			placeholder: 'e.g. ^order \\d+$',
			description:
				'A regular expression, without lookarounds and back references; upper and lower case are the same',
		},
	],
}

const catchUp: INodeProperties[] = [
	{
		displayName: 'Catch Up',
		name: 'catchUp',
		type: 'options',
		default: 'off',
		description:
			'What happened while the workflow was inactive. Events from the time when n8n itself is down are always delivered.',
		hint: 'An activated workflow first gets what happened while it was inactive, in order, except messages that were deleted since',
		options: [
			{
				name: 'Nothing',
				value: 'off',
				description: 'Begin with events after the activation',
			},
			{
				name: 'Since a Time',
				value: 'since',
				description: 'Begin at a time at the first activation; resume later',
			},
			{
				name: 'Since the Workflow Was Last Active',
				value: 'resume',
				description: 'Resume where it stopped, up to 14 days ago',
			},
		],
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'The gateway keeps events for 14 days',
		displayOptions: { show: { catchUp: ['since'] } },
	},
	{
		displayName: 'Catch Up Limits',
		name: 'catchUpLimits',
		type: 'collection',
		placeholder: 'Add Limit',
		default: {},
		displayOptions: { show: { catchUp: ['resume', 'since'] } },
		options: [
			{
				displayName: 'Last Events',
				name: 'events',
				type: 'number',
				default: 100,
				typeOptions: { minValue: 0, maxValue: 100000 },
				description: 'Deliver at most this many of the latest events of the session',
			},
			{
				displayName: 'Last Hours',
				name: 'hours',
				type: 'number',
				default: 24,
				typeOptions: { minValue: 0.01, maxValue: 336 },
				description: 'Skip older events',
			},
		],
	},
]

const combine: INodeProperties[] = [
	{
		displayName: 'Combine Messages',
		name: 'combine',
		type: 'boolean',
		default: false,
		description: 'Whether to combine several short messages of one person into one item',
	},
	{
		displayName: 'Quiet Seconds',
		name: 'quietSeconds',
		type: 'number',
		default: 5,
		typeOptions: { minValue: 1, maxValue: 300 },
		description: 'Time without another message before the workflow starts',
		displayOptions: { show: { combine: [true] } },
	},
	{
		displayName: 'Longest Wait (Seconds)',
		name: 'longestSeconds',
		type: 'number',
		default: 60,
		typeOptions: { minValue: 1, maxValue: 3600 },
		description: 'Longest time after the first message, even if more messages arrive',
		displayOptions: { show: { combine: [true] } },
	},
]

const output: INodeProperties[] = [
	{
		displayName: 'Output',
		name: 'output',
		type: 'options',
		default: 'simple',
		options: [
			{
				name: 'Full',
				value: 'full',
				description: 'The whole event, as the gateway sends it',
			},
			{
				name: 'Simple',
				value: 'simple',
				description: 'Flat fields: event, chat_id, text, type, sender_name, phone, …',
			},
		],
	},
	{
		displayName: 'Raw Message',
		name: 'raw',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the protobuf message in the field raw, for events after the activation',
	},
	...mediaFields,
]

export const properties: INodeProperties[] = [
	session,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['message.received'],
		description: 'The events that start the workflow',
		options: events,
	},
	filters,
	...catchUp,
	...combine,
	...output,
]
