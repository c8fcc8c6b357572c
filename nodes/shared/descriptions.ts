import type { Icon, INodeProperties } from 'n8n-workflow'

export const icon: Icon = {
	light: 'file:../../icons/gateway.light.svg',
	dark: 'file:../../icons/gateway.dark.svg',
}

/** Which linked WhatsApp account to use. Its node must offer the list search `searchSessions`. */
export const session: INodeProperties = {
	displayName: 'Session',
	name: 'session',
	type: 'resourceLocator',
	default: { mode: 'list', value: '' },
	description:
		'The WhatsApp account that is linked to the gateway. Left empty, it is the default session of the credential, or the only session.',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchSessions', searchable: true },
		},
		{ displayName: 'By ID', name: 'id', type: 'string', placeholder: 'e.g. main' },
	],
}

/** The recipient of a message. The node must offer the list search `searchRecipients`. */
export const recipient: INodeProperties = {
	displayName: 'Recipient',
	name: 'to',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'phone', value: '' },
	description: 'The person, group or channel that gets the message',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchRecipients', searchable: true },
		},
		{
			displayName: 'Phone',
			name: 'phone',
			type: 'string',
			placeholder: 'e.g. +49 170 1234567',
			hint: 'With the country code',
			validation: [
				{
					type: 'regex',
					properties: {
						regex: '^\\s*\\+?[0-9][0-9 ()./-]{5,24}$',
						errorMessage: 'A phone number with its country code, such as +49 170 1234567',
					},
				},
			],
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 491701234567@s.whatsapp.net',
			hint: 'To answer a message of WhatsApp Trigger, use {{ $json.chat_id }}',
		},
	],
	routing: { send: { type: 'body', property: 'to' } },
}

/** The channel that a post goes into. The node must offer the list search `searchOwnChannels`. */
export const channel: INodeProperties = {
	displayName: 'Channel',
	name: 'to',
	type: 'resourceLocator',
	required: true,
	default: { mode: 'list', value: '' },
	description: 'The channel to post in; the account must be one of its admins',
	modes: [
		{
			displayName: 'From List',
			name: 'list',
			type: 'list',
			typeOptions: { searchListMethod: 'searchOwnChannels', searchable: true },
		},
		{
			displayName: 'By ID',
			name: 'id',
			type: 'string',
			placeholder: 'e.g. 120363000000000000@newsletter',
		},
	],
	routing: { send: { type: 'body', property: 'to' } },
}

/** Shows fields only for some operations of one resource. */
export const shownFor = (
	resource: string,
	operation: string[],
	fields: INodeProperties[],
): INodeProperties[] =>
	fields.map((field) => ({
		...field,
		displayOptions: { show: { resource: [resource], operation, ...field.displayOptions?.show } },
	}))

/** The binary field that a file goes into. */
export const binaryField: INodeProperties = {
	displayName: 'Put Output File in Field',
	name: 'binaryField',
	type: 'string',
	required: true,
	default: 'data',
	placeholder: 'e.g. data',
	hint: 'The name of the output binary field to put the file in',
}
