import { z } from '@hono/zod-openapi'
import { defineMessage } from '../define.ts'
import { cardsOf } from '../read-vcard.ts'
import { vcardOf } from '../vcard.ts'

const phone = z.object({
	number: z
		.string()
		.max(40)
		.regex(/\d{3}/, 'must be a phone number')
		.meta({
			title: 'Number',
			description: 'With country code',
			examples: ['+628123456789'],
		}),
	phone_type: z
		.string()
		.regex(/^[A-Za-z-]{1,20}$/, 'must be a word such as CELL')
		.default('CELL')
		.meta({ title: 'Type', description: 'CELL, HOME, WORK, …', examples: ['CELL'] }),
	wa_id: z
		.string()
		.regex(/^\d{5,20}$/, 'must be digits')
		.optional()
		.meta({
			title: 'WhatsApp Number',
			description: 'Digits of the number that it has on WhatsApp, if that is another one',
			examples: ['628123456789'],
		}),
})

/** A person in an address book. */
export const card = z.object({
	display_name: z
		.string()
		.min(1)
		.max(255)
		.meta({ title: 'Name', description: 'Name as recipients see it', examples: ['John Doe'] }),
	phones: z
		.array(phone)
		.min(1)
		.max(20)
		.meta({
			title: 'Phones',
			description: 'Phone numbers of the contact',
			examples: [[{ number: '+628123456789', phone_type: 'CELL' }]],
		}),
	organization: z
		.string()
		.max(255)
		.optional()
		.meta({
			title: 'Organization',
			description: 'Organization of the contact',
			examples: ['Example Ltd'],
		}),
	email: z
		.email()
		.max(255)
		.optional()
		.meta({
			title: 'Email',
			description: 'Email address of the contact',
			examples: ['john@example.com'],
		}),
	url: z
		.string()
		.max(2_048)
		.optional()
		.meta({
			title: 'Website',
			description: 'Website of the contact',
			examples: ['https://example.com'],
		}),
})

const john = { display_name: 'John Doe', phones: [{ number: '+628123456789', phone_type: 'CELL' }] }
export const exampleCard = john

export const contact = defineMessage({
	type: 'contact',
	title: 'Contact',
	description: 'A contact card.',
	schema: z.object({
		contact: card.meta({
			title: 'Contact',
			description: 'The person',
			examples: [john],
		}),
	}),
	toContent: ({ contact }) => ({
		contactMessage: { displayName: contact.display_name, vcard: vcardOf(contact) },
	}),
	fromContent({ contactMessage: shared }) {
		if (!shared) return undefined
		const [contact, ...others] = cardsOf(shared.vcard ?? '', shared.displayName)
		return others.length ? undefined : { contact }
	},
	textOf: ({ contact }) => contact?.display_name,
})
