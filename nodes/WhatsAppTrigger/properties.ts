import type { INodeProperties } from 'n8n-workflow'
import { session } from '../shared/descriptions'
import { events } from './events'

const list = { typeOptions: { multipleValues: true, multipleValueButtonText: 'Add' } }

const filters: INodeProperties = {
	displayName: 'Filters',
	name: 'filters',
	type: 'collection',
	placeholder: 'Add Filter',
	default: {},
	description: 'What an event of a chat must be like. Events of no chat are not looked at.',
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
				{ name: 'Direct', value: 'direct', description: 'With one person' },
				{ name: 'Group', value: 'group' },
				{ name: 'Status', value: 'status' },
			],
		},
		{
			displayName: 'Own Actions',
			name: 'from_me',
			type: 'options',
			default: 'exclude',
			description: 'Whether to react to what the owner of the account does on another device',
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
			description: 'Only what these people do: phone numbers or IDs',
		},
		{
			displayName: 'Text Contains',
			name: 'text_contains',
			type: 'string',
			default: '',
			placeholder: 'e.g. order',
			description: 'Without regard to upper and lower case',
		},
		{
			displayName: 'Text Matches',
			name: 'text_matches',
			type: 'string',
			default: '',
			placeholder: 'e.g. ^order \\d+$',
			description: 'A regular expression, without regard to upper and lower case',
		},
	],
}

const catchUp: INodeProperties[] = [
	{
		displayName: 'Catch Up',
		name: 'catchUp',
		type: 'options',
		default: 'resume',
		description:
			'What to do, when the workflow is activated, about what happened while it was not. What happens while n8n itself is down is never missed.',
		options: [
			{
				name: 'Nothing',
				value: 'off',
				description: 'Begin with what happens after the activation',
			},
			{
				name: 'Since a Time',
				value: 'since',
				description: 'At the first activation, begin at a time; later, go on',
			},
			{
				name: 'Since the Workflow Was Last Active',
				value: 'resume',
				description: 'Go on where it stopped, up to 14 days ago',
			},
		],
	},
	{
		displayName: 'Since',
		name: 'since',
		type: 'dateTime',
		required: true,
		default: '',
		description: 'The gateway remembers 14 days',
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
				description: 'Look at no more than this many of the latest events of the session',
			},
			{
				displayName: 'Last Hours',
				name: 'hours',
				type: 'number',
				default: 24,
				typeOptions: { minValue: 0.01, maxValue: 336 },
				description: 'Leave out what is older',
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
		description:
			'Whether several short messages that one person writes in a row become one item, with all of their text',
	},
	{
		displayName: 'Quiet Seconds',
		name: 'quietSeconds',
		type: 'number',
		default: 5,
		typeOptions: { minValue: 1, maxValue: 300 },
		description: 'So long nothing more must come before the workflow starts',
		displayOptions: { show: { combine: [true] } },
	},
	{
		displayName: 'Longest Wait (Seconds)',
		name: 'longestSeconds',
		type: 'number',
		default: 60,
		typeOptions: { minValue: 1, maxValue: 3600 },
		description: 'So long after the first message it starts even if more keep coming',
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
				description: 'The event as the gateway tells it',
			},
			{
				name: 'Simple',
				value: 'simple',
				description: 'Flat: chat_id, phone, sender_name, text, message_id, …',
			},
		],
	},
	{
		displayName: 'Raw Message',
		name: 'raw',
		type: 'boolean',
		default: false,
		description:
			'Whether to add the message as WhatsApp has it, in the field raw. For what comes from the activation on.',
	},
	{
		displayName: 'Download Media',
		name: 'downloadMedia',
		type: 'boolean',
		default: false,
		description: 'Whether to put the file of a message into a binary field',
	},
	{
		displayName: 'Put Output File in Field',
		name: 'binaryField',
		type: 'string',
		required: true,
		default: 'data',
		placeholder: 'e.g. data',
		hint: 'The name of the output binary field to put the file in',
		displayOptions: { show: { downloadMedia: [true] } },
	},
	{
		displayName: 'Largest File (MB)',
		name: 'maxMegabytes',
		type: 'number',
		default: 20,
		typeOptions: { minValue: 1 },
		description: 'What is larger stays at the gateway; the item then says why in media_error',
		displayOptions: { show: { downloadMedia: [true] } },
	},
]

export const properties: INodeProperties[] = [
	session,
	{
		displayName: 'Events',
		name: 'events',
		type: 'multiOptions',
		required: true,
		default: ['message.received'],
		description: 'What starts the workflow',
		options: events,
	},
	filters,
	...catchUp,
	...combine,
	...output,
]
