import { z } from '@hono/zod-openapi'
import type { Endpoint } from '../dialect.ts'
import { refused } from './errors.ts'
import { flag, wholeNumber } from './fields.ts'
import type { Sender } from './send.ts'

const coordinate = z.union(
	[
		z.number(),
		z
			.string()
			.regex(/^-?\d+(\.\d+)?$/)
			.transform(Number),
	],
	'must be a number',
)

const row = z.object({
	title: z.string().min(1),
	rowId: z.string().min(1),
	description: z.string().optional(),
})

const person = z.object({
	fullName: z.string().min(1),
	phoneNumber: z.string().min(10),
	wuid: z.string().min(10).optional(),
	organization: z.string().optional(),
	email: z.string().optional(),
	url: z.string().optional(),
})

type Person = z.output<typeof person>

/** The sends without a file. */
export const contentSends = ({ numbered }: Sender): Endpoint[] => [
	numbered({
		name: 'sendText',
		summary: 'Send a text message',
		fields: { text: z.string(), linkPreview: flag.optional() },
		translate({ text, linkPreview: link_preview = true }) {
			if (!text.trim()) throw refused('Text is required')
			return { type: 'text', fields: { text, link_preview } }
		},
	}),
	numbered({
		name: 'sendLocation',
		summary: 'Send a location',
		fields: {
			latitude: coordinate,
			longitude: coordinate,
			name: z.string().optional(),
			address: z.string().optional(),
		},
		translate: ({ latitude, longitude, name, address }) => ({
			type: 'location',
			fields: { latitude, longitude, name: name || undefined, address: address || undefined },
		}),
	}),
	numbered({
		name: 'sendContact',
		summary: 'Send contact cards',
		fields: { contact: z.array(person).min(1) },
		translate({ contact }) {
			const cards = contact.map(cardOf)
			return cards.length === 1
				? { type: 'contact', fields: { contact: cards[0] }, names: cardNames }
				: { type: 'contacts', fields: { contacts: cards }, names: cardNames }
		},
	}),
	numbered({
		name: 'sendPoll',
		summary: 'Send a poll',
		fields: {
			name: z.string().min(1),
			selectableCount: wholeNumber(),
			values: z.array(z.string().min(1)).min(2).max(12),
		},
		translate: ({ name, selectableCount: selectable_count, values: options }) => ({
			type: 'poll',
			fields: { name, options, selectable_count },
			names: { options: 'values', selectable_count: 'selectableCount' },
		}),
	}),
	numbered({
		name: 'sendList',
		summary: 'Send a list to choose from',
		fields: {
			title: z.string().min(1),
			description: z.string().optional(),
			buttonText: z.string().min(1),
			footerText: z.string().optional(),
			sections: z.array(z.object({ title: z.string(), rows: z.array(row).min(1) })).min(1),
		},
		translate: ({ title, description, buttonText, footerText, sections }) => ({
			type: 'list',
			fields: {
				title,
				// WhatsApp shows no list without a text.
				description: description || title,
				button_text: buttonText,
				footer: footerText || undefined,
				sections: sections.map(({ title, rows }) => ({
					title,
					rows: rows.map(({ title, rowId: row_id, description }) => ({
						...{ title, row_id, description: description || undefined },
					})),
				})),
			},
			names: { button_text: 'buttonText', footer: 'footerText', row_id: 'rowId' },
		}),
	}),
]

const cardNames = {
	contacts: 'contact',
	display_name: 'fullName',
	phones: 'phoneNumber',
	wa_id: 'wuid',
}

function cardOf({ fullName, phoneNumber, wuid, organization, email, url }: Person) {
	const digits = wuid?.split('@')[0]!.replaceAll(/\D/g, '')
	return {
		display_name: fullName,
		phones: [{ number: phoneNumber, ...(digits && { wa_id: digits }) }],
		organization: organization || undefined,
		email: email || undefined,
		url: url || undefined,
	}
}
