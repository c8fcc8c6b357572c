// Made from the definitions in gateway/src/messages: npm run generate

import { moreFields } from '../../shared/body'
import { idempotencyKey } from '../../shared/idempotency'
import { type SendResource } from '../sending'
import { audience, checkRecipient, expiration, replyTo } from './common'
export const contact: SendResource = {
	name: 'Contact',
	value: 'contact',
	description: 'People out of the address book, and phone numbers',
	operations: [
		{
			name: 'Send Contact',
			type: 'contact',
			action: 'Send a contact',
			description: 'A person out of the address book',
			shapes: { audience: 'lines', contact: 'object', 'contact.phones': 'list' },
			fields: [
				{
					displayName: 'Contact',
					name: 'contact',
					description: 'The person',
					type: 'fixedCollection',
					default: { values: {} },
					placeholder: 'Add Contact',
					options: [
						{
							displayName: 'Contact',
							name: 'values',
							values: [
								{
									displayName: 'Name',
									name: 'display_name',
									required: true,
									description: 'As it is shown',
									type: 'string',
									default: '',
									placeholder: 'e.g. John Doe',
								},
								{
									displayName: 'Phones',
									name: 'phones',
									description: 'Their phone numbers',
									type: 'fixedCollection',
									typeOptions: { multipleValues: true },
									default: { values: [{}] },
									placeholder: 'Add Phone',
									options: [
										{
											displayName: 'Phone',
											name: 'values',
											values: [
												{
													displayName: 'Number',
													name: 'number',
													required: true,
													description: 'With country code',
													type: 'string',
													default: '',
													placeholder: 'e.g. +628123456789',
												},
												{
													displayName: 'Type',
													name: 'phone_type',
													description: 'CELL, HOME, WORK, …',
													type: 'string',
													default: 'CELL',
													placeholder: 'e.g. CELL',
												},
											],
										},
									],
								},
								{
									displayName: 'Organization',
									name: 'organization',
									description: 'Where they work',
									type: 'string',
									default: '',
									placeholder: 'e.g. Example Ltd',
								},
								{
									displayName: 'Email',
									name: 'email',
									description: 'Their address',
									type: 'string',
									default: '',
									placeholder: 'e.g. john@example.com',
								},
							],
						},
					],
					routing: { send: { type: 'body', property: 'contact' } },
				},
			],
			additional: [audience, checkRecipient, expiration, idempotencyKey, moreFields, replyTo],
		},
		{
			name: 'Send Contacts',
			type: 'contacts',
			action: 'Send contacts',
			description: 'Several people out of the address book',
			shapes: { audience: 'lines', contacts: 'list', 'contacts.phones': 'list' },
			fields: [
				{
					displayName: 'Contacts',
					name: 'contacts',
					description: 'The people',
					type: 'fixedCollection',
					typeOptions: { multipleValues: true },
					default: { values: [{}] },
					placeholder: 'Add Contact',
					options: [
						{
							displayName: 'Contact',
							name: 'values',
							values: [
								{
									displayName: 'Name',
									name: 'display_name',
									required: true,
									description: 'As it is shown',
									type: 'string',
									default: '',
									placeholder: 'e.g. John Doe',
								},
								{
									displayName: 'Phones',
									name: 'phones',
									description: 'Their phone numbers',
									type: 'fixedCollection',
									typeOptions: { multipleValues: true },
									default: { values: [{}] },
									placeholder: 'Add Phone',
									options: [
										{
											displayName: 'Phone',
											name: 'values',
											values: [
												{
													displayName: 'Number',
													name: 'number',
													required: true,
													description: 'With country code',
													type: 'string',
													default: '',
													placeholder: 'e.g. +628123456789',
												},
												{
													displayName: 'Type',
													name: 'phone_type',
													description: 'CELL, HOME, WORK, …',
													type: 'string',
													default: 'CELL',
													placeholder: 'e.g. CELL',
												},
											],
										},
									],
								},
								{
									displayName: 'Organization',
									name: 'organization',
									description: 'Where they work',
									type: 'string',
									default: '',
									placeholder: 'e.g. Example Ltd',
								},
								{
									displayName: 'Email',
									name: 'email',
									description: 'Their address',
									type: 'string',
									default: '',
									placeholder: 'e.g. john@example.com',
								},
							],
						},
					],
					routing: { send: { type: 'body', property: 'contacts' } },
				},
			],
			additional: [
				audience,
				checkRecipient,
				expiration,
				idempotencyKey,
				moreFields,
				{
					displayName: 'Name',
					name: 'display_name',
					description: 'Shown above them',
					type: 'string',
					default: '',
					placeholder: 'e.g. 2 contacts',
					routing: { send: { type: 'body', property: 'display_name' } },
				},
				replyTo,
			],
		},
		{
			name: 'Request Phone Number',
			type: 'request-phone-number',
			action: 'Request a phone number',
			description:
				'Asks somebody of whom only an …@lid is known for the phone number. Whether WhatsApp delivers it from an ordinary account, and shows it, is its own decision and was not verified.',
			unverified: true,
			shapes: { audience: 'lines' },
			fields: [],
			additional: [audience, checkRecipient, expiration, idempotencyKey, moreFields, replyTo],
		},
		{
			name: 'Share Phone Number',
			type: 'share-phone-number',
			action: 'Share a phone number',
			description:
				'Shows your phone number to somebody who knows you only as …@lid. Whether WhatsApp delivers it from an ordinary account, and shows it, is its own decision and was not verified. It cannot quote: reply_to is accepted and has no effect.',
			unverified: true,
			shapes: { audience: 'lines' },
			fields: [],
			additional: [audience, checkRecipient, expiration, idempotencyKey, moreFields, replyTo],
		},
	],
}
