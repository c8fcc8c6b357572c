import type { BinaryNode } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { readCard } from '../card.ts'
import { fields } from '../fields/choices.ts'
import { unverified } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { media } from '../media-source.ts'
import { optional } from '../fields/optional.ts'
import { isJson } from '../fields/json-text.ts'

const button = z.object({
	name: fields.label(
		'Kind',
		'quick_reply, cta_url, cta_copy, cta_call, single_select, …',
		'quick_reply',
	),
	button_params_json: z
		.string()
		.min(2)
		.max(32_768)
		.refine(isJson, 'must be JSON')
		.meta({
			title: 'Parameters',
			description: 'Label and action of the button, as a JSON string',
			examples: ['{"display_text":"Click Me","id":"btn1"}'],
		}),
})

export const interactive = defineMessage({
	type: 'interactive',
	title: 'Interactive',
	description: `A text with buttons that answer, open a link, copy a code, … ("native flow"). ${unverified}`,
	schema: z.object({
		body_text: fields.body('Choose an action'),
		footer_text: fields.footer,
		header_text: fields.header,
		header_image: optional(
			media({
				title: 'Header Image',
				description: 'Picture above the text',
				example: 'https://example.com/image.jpg',
			}),
		),
		buttons: z
			.array(button)
			.min(1)
			.max(20)
			.meta({
				title: 'Buttons',
				description: 'The buttons to choose from',
				examples: [
					[
						{
							name: 'quick_reply',
							button_params_json: '{"display_text":"Click Me","id":"btn1"}',
						},
					],
				],
			}),
	}),
	media: ({ header_image: source }) =>
		source ? [{ field: 'header_image', role: 'image', source }] : [],
	toContent: (
		{ body_text: text, footer_text: footer, header_text: title, buttons },
		{ files: { header_image: imageMessage } },
	) => ({
		interactiveMessage: {
			body: { text },
			...(footer && { footer: { text: footer } }),
			...((title || imageMessage) && {
				header: {
					...(title && { title }),
					hasMediaAttachment: imageMessage !== undefined,
					...(imageMessage && { imageMessage }),
				},
			}),
			nativeFlowMessage: {
				buttons: buttons.map(({ name, button_params_json: buttonParamsJson }) => ({
					name,
					buttonParamsJson,
				})),
				messageVersion: 1,
			},
		},
	}),
	fromContent({ interactiveMessage: message }) {
		if (!message) return undefined
		const cards = message.carouselMessage?.cards
		return {
			body_text: message.body?.text ?? '',
			footer_text: message.footer?.text || undefined,
			header_text: message.header?.title || undefined,
			buttons: (message.nativeFlowMessage?.buttons ?? []).map((button) => ({
				name: button.name ?? '',
				button_params_json: button.buttonParamsJson ?? '',
			})),
			...(cards?.length && { cards: cards.map(readCard) }),
			shop_id: message.shopStorefrontMessage?.id || undefined,
			collection_id: message.collectionMessage?.id || undefined,
			seller_jid: message.collectionMessage?.bizJid || undefined,
		}
	},
	textOf: ({ body_text: text, header_text: title, buttons }) =>
		[text || title, ...(buttons ?? []).flatMap(labelOf)].filter(Boolean).join('\n'),
	stanza: () => ({ nodes: [nativeFlow] }),
})

// As public clients send it; what WhatsApp makes of it cannot be known here.
const nativeFlow: BinaryNode = {
	tag: 'biz',
	attrs: {},
	content: [
		{
			tag: 'interactive',
			attrs: { type: 'native_flow', v: '1' },
			content: [{ tag: 'native_flow', attrs: { v: '9', name: 'mixed' } }],
		},
	],
}

function labelOf({ button_params_json: json }: z.output<typeof button>): string[] {
	if (!isJson(json)) return []
	const { display_text: label } = (JSON.parse(json) ?? {}) as { display_text?: unknown }
	return typeof label === 'string' ? [`- ${label}`] : []
}
