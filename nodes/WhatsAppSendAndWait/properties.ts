import type { INodeProperties } from 'n8n-workflow'
import { recipient, session } from '../shared/descriptions'
import { mediaFields } from '../shared/media'
import { messageTypes } from './message-types'

const { routing: _, ...to } = recipient

const shownWhen = (...kinds: string[]): INodeProperties['displayOptions'] => ({
	show: { kind: kinds },
})

const onlyFor = (...kinds: string[]): INodeProperties['displayOptions'] => ({
	show: { '/kind': kinds },
})

const options: INodeProperties[] = [
	{
		displayName: 'Accept Reactions',
		name: 'reactions',
		type: 'boolean',
		default: false,
		description: 'Whether a reaction to the message, such as a thumbs up, counts as an answer',
	},
	{
		displayName: 'Accept Texts',
		name: 'texts',
		type: 'boolean',
		default: true,
		description:
			'Whether a text or any other message also counts as an answer to a poll, buttons or a list',
		displayOptions: onlyFor('poll', 'buttons', 'list', 'other'),
	},
	{
		displayName: 'List Button',
		name: 'listButton',
		type: 'string',
		default: 'Choose',
		description: 'Text of the button that opens the list',
		displayOptions: onlyFor('list'),
	},
	{
		displayName: 'List Title',
		name: 'listTitle',
		type: 'string',
		default: 'Please choose',
		description: 'Above the text of a list',
		displayOptions: onlyFor('list'),
	},
	{
		displayName: 'Only From',
		name: 'senders',
		type: 'string',
		default: '',
		placeholder: 'e.g. +49 170 1234567',
		description:
			'In a group: people whose answers count, as phone numbers or IDs separated by commas',
	},
]

export const properties: INodeProperties[] = [
	{
		displayName: 'Operation',
		name: 'operation',
		type: 'hidden',
		// By this value n8n knows that its signed URL is what goes on with the execution.
		default: 'sendAndWait',
	},
	session,
	to,
	{
		displayName: 'Answer By',
		name: 'kind',
		type: 'options',
		default: 'text',
		description: 'Any message in the chat is an answer, unless it quotes another message',
		options: [
			{ name: 'Other Message', value: 'other', description: 'Send a message of any type' },
			{ name: 'Picking From a List', value: 'list' },
			{ name: 'Tapping a Button', value: 'buttons' },
			{ name: 'Voting in a Poll', value: 'poll' },
			{ name: 'Writing', value: 'text' },
		],
	},
	{
		displayName:
			'WhatsApp decides whether it shows buttons and lists from an ordinary account; that was not verified. A poll is always shown.',
		name: 'unverified',
		type: 'notice',
		default: '',
		displayOptions: shownWhen('buttons', 'list'),
	},
	{
		displayName: 'Question',
		name: 'question',
		type: 'string',
		required: true,
		default: '',
		typeOptions: { rows: 3 },
		placeholder: 'e.g. When shall we deliver?',
		displayOptions: shownWhen('text', 'poll', 'buttons', 'list'),
	},
	{
		displayName: 'Choices',
		name: 'choices',
		type: 'string',
		required: true,
		default: '',
		typeOptions: { rows: 3 },
		placeholder: 'e.g. Morning',
		description:
			'One on each line, or an array from an expression. Up to 3 buttons, 12 options of a poll, or 100 rows of a list; each must be unique.',
		displayOptions: shownWhen('poll', 'buttons', 'list'),
	},
	{
		displayName: 'Message Type',
		name: 'messageType',
		type: 'options',
		required: true,
		default: 'image',
		options: messageTypes,
		description: 'What is sent; the answer is whatever the person writes, votes or picks',
		displayOptions: shownWhen('other'),
	},
	{
		displayName: 'Message Fields',
		name: 'messageFields',
		type: 'json',
		required: true,
		default: '{}',
		placeholder: 'e.g. {"image": {"url": "https://example.com/a.png"}, "caption": "This one?"}',
		description: 'A JSON object with the fields of that type',
		displayOptions: shownWhen('other'),
	},
	{
		displayName: 'Wait At Most',
		name: 'waitAmount',
		type: 'number',
		required: true,
		default: 1,
		typeOptions: { minValue: 0 },
		description: 'After this time the workflow continues with {"answered": false}',
	},
	{
		displayName: 'Unit',
		name: 'waitUnit',
		type: 'options',
		default: 'hours',
		options: [
			{ name: 'Days', value: 'days' },
			{ name: 'Hours', value: 'hours' },
			{ name: 'Minutes', value: 'minutes' },
			{ name: 'Seconds', value: 'seconds' },
		],
	},
	...mediaFields,
	{
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add Option',
		default: {},
		options,
	},
]
