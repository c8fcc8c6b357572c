// Made from the definitions in gateway/src/messages and gateway/src/http/native/routes: npm run generate

import { moreFields } from '../../shared/body'
import { idempotencyKey } from '../../shared/idempotency'
import { type SendResource } from '../sending'
import { audience, checkRecipient, expiration, replyTo } from './common'
export const contact: SendResource = {
	name: 'Contact',
	value: 'contact',
	description: 'Contacts and phone numbers',
	operations: [
		{
			name: 'Send Contact',
			type: 'contact',
			action: 'Send a contact',
			description: 'A contact card',
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
									description: 'Name as recipients see it',
									type: 'string',
									default: '',
									placeholder: 'e.g. John Doe',
								},
								{
									displayName: 'Phones',
									name: 'phones',
									description: 'Phone numbers of the contact',
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
									description: 'Organization of the contact',
									type: 'string',
									default: '',
									placeholder: 'e.g. Example Ltd',
								},
								{
									displayName: 'Email',
									name: 'email',
									description: 'Email address of the contact',
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
			description: 'Several contact cards',
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
									description: 'Name as recipients see it',
									type: 'string',
									default: '',
									placeholder: 'e.g. John Doe',
								},
								{
									displayName: 'Phones',
									name: 'phones',
									description: 'Phone numbers of the contact',
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
									description: 'Organization of the contact',
									type: 'string',
									default: '',
									placeholder: 'e.g. Example Ltd',
								},
								{
									displayName: 'Email',
									name: 'email',
									description: 'Email address of the contact',
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
					description: 'Title above the cards',
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
				'Asks a person for their phone number, if only their …@lid is known. WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified.',
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
				"Shows this account's phone number to a person who knows it only as …@lid. WhatsApp decides whether it delivers and shows this from an ordinary account; that was not verified. It cannot quote a message: reply_to has no effect.",
			unverified: true,
			shapes: { audience: 'lines' },
			fields: [],
			additional: [audience, checkRecipient, expiration, idempotencyKey, moreFields, replyTo],
		},
	],
}
