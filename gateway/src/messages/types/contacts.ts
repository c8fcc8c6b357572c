import { z } from '@hono/zod-openapi'
import { card, exampleCard } from './contact.ts'
import { defineMessage } from '../define.ts'
import { cardOf, cardsOf } from '../read-vcard.ts'
import { vcardOf } from '../vcard.ts'

export const contacts = defineMessage({
	type: 'contacts',
	title: 'Contacts',
	description: 'Several contact cards.',
	schema: z.object({
		contacts: z
			.array(card)
			.min(2)
			.max(256)
			.meta({
				title: 'Contacts',
				description: 'The people',
				examples: [[exampleCard, { ...exampleCard, display_name: 'Jane Doe' }]],
			}),
		display_name: z
			.string()
			.max(255)
			.optional()
			.meta({ title: 'Name', description: 'Title above the cards', examples: ['2 contacts'] }),
	}),
	toContent: ({ contacts, display_name: displayName }) => ({
		contactsArrayMessage: {
			displayName: displayName ?? `${contacts.length} contacts`,
			contacts: contacts.map((card) => ({
				displayName: card.display_name,
				vcard: vcardOf(card),
			})),
		},
	}),
	fromContent({ contactsArrayMessage: shared, contactMessage: several }) {
		if (several) {
			const contacts = cardsOf(several.vcard ?? '', several.displayName)
			return contacts.length > 1
				? { contacts, display_name: several.displayName || undefined }
				: undefined
		}
		if (!shared) return undefined
		return {
			contacts: (shared.contacts ?? []).map(({ vcard, displayName }) =>
				cardOf(vcard ?? '', displayName),
			),
			display_name: shared.displayName || undefined,
		}
	},
	textOf: ({ contacts }) => contacts?.map(({ display_name: name }) => name).join(', '),
})
