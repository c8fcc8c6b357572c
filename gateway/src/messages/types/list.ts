import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { withIds } from '../fields/choice-ids.ts'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'

const SINGLE_SELECT = 1 // ListMessage.ListType

const row = z.object({
	title: fields.label('Title', 'Text of the row', 'Item 1'),
	description: z
		.string()
		.max(1_024)
		.optional()
		.meta({
			title: 'Description',
			description: 'Text below the title',
			examples: ['Description for item 1'],
		}),
	row_id: fields.id('row_1'),
})

const section = z.object({
	title: z
		.string()
		.max(256)
		.meta({ title: 'Title', description: 'Title above the rows', examples: ['Category 1'] }),
	rows: z
		.array(row)
		.min(1)
		.max(100)
		.meta({
			title: 'Rows',
			description: 'The rows to choose from',
			examples: [[{ row_id: 'row_1', title: 'Item 1', description: 'Description for item 1' }]],
		}),
})

/** The rows of all sections: an id is unique in the whole menu. */
const choicesOf = ({ sections }: { sections: z.output<typeof section>[] }) =>
	withIds(sections.flatMap(({ rows }) => rows.map(({ row_id: id, title: text }) => ({ id, text }))))

export const list = defineMessage({
	type: 'list',
	title: 'List',
	description: `A text with a button that opens a menu. ${unverified}`,
	schema: z.object({
		title: fields.label('Title', 'Title above the text', 'Main Menu'),
		description: fields.body('Please select an option'),
		button_text: fields.label('Button', 'Text of the button that opens the menu', 'View Options'),
		sections: z
			.array(section)
			.min(1)
			.max(100)
			.meta({
				title: 'Sections',
				description: 'The menu',
				examples: [[{ title: 'Category 1', rows: [{ row_id: 'row_1', title: 'Item 1' }] }]],
			}),
		footer: fields.footer,
	}),
	choicesOf,
	toContent(input) {
		const ids = choicesOf(input).map(({ id }) => id)
		return {
			listMessage: {
				title: input.title,
				description: input.description,
				buttonText: input.button_text,
				footerText: input.footer,
				listType: SINGLE_SELECT,
				sections: input.sections.map(({ title, rows }) => ({
					title,
					rows: rows.map(({ title, description }) => ({ rowId: ids.shift(), title, description })),
				})),
			},
		}
	},
	fromContent({ listMessage: message }) {
		if (!message) return undefined
		return {
			title: message.title || undefined,
			description: message.description || undefined,
			button_text: message.buttonText || undefined,
			sections: (message.sections ?? []).map(({ title, rows }) => ({
				title: title ?? '',
				rows: (rows ?? []).map((row) => ({
					row_id: row.rowId ?? '',
					title: row.title ?? '',
					description: row.description || undefined,
				})),
			})),
			footer: message.footerText || undefined,
			...(message.productListInfo && readProducts(message.productListInfo)),
		}
	},
	textOf: ({ title, description, sections }) => {
		const rows = (sections ?? []).flatMap(({ rows }) => rows)
		return [title, description, ...rows.map(({ title }) => `- ${title}`)].filter(Boolean).join('\n')
	},
	stanza: () => ({
		nodes: [
			{
				tag: 'biz',
				attrs: {},
				content: [{ tag: 'list', attrs: { type: 'product_list', v: '2' } }],
			},
		],
	}),
})

/** A list of products of a catalog, which businesses send. */
function readProducts({
	businessOwnerJid,
	productSections,
}: proto.Message.ListMessage.IProductListInfo) {
	return {
		seller_jid: businessOwnerJid || undefined,
		product_sections: (productSections ?? []).map(({ title, products }) => ({
			title: title ?? '',
			product_ids: (products ?? []).map(({ productId }) => productId ?? ''),
		})),
	}
}
