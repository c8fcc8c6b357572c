import type { INodeProperties } from 'n8n-workflow'
import { completeBody } from '../../shared/body'
import { doing, each, ofSession, onSession, resourceWith } from '../routing'

const phones: INodeProperties = {
	displayName: 'Phone Numbers',
	name: 'phones',
	type: 'string',
	typeOptions: { rows: 2 },
	required: true,
	default: '',
	placeholder: 'e.g. 4915112345678',
	description: 'One on each line, with country code, or an array from an expression',
	hint: 'WhatsApp blocks accounts that check many unknown numbers',
	routing: { send: { type: 'body', property: 'phones' } },
}

export const contactActions = resourceWith(
	{
		name: 'Contact',
		value: 'contact',
		description: 'Contacts and phone numbers',
	},
	[
		onSession(
			{
				name: 'Check Number',
				value: 'checkNumber',
				action: 'Check whether phone numbers are on WhatsApp',
				description: 'Ask WhatsApp which phone numbers have an account; one output item for each',
				routing: doing(
					ofSession('/contacts/check'),
					[completeBody({ phones: 'lines' })],
					each('results'),
				),
			},
			[phones],
		),
	],
)
