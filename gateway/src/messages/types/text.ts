import { z } from '@hono/zod-openapi'
import { mentionable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { enumName } from '../protobuf-numbers.ts'

// ExtendedTextMessage.FontType
const fonts = {
	system: 0,
	system_text: 1,
	script: 2,
	system_bold: 6,
	morningbreeze: 7,
	calistoga: 8,
	exo2: 9,
	courierprime: 10,
} as const

const OPAQUE = 0xff000000
const WHITE = 0xffffffff

export const text = defineMessage({
	type: 'text',
	title: 'Text',
	description: 'A text message. WhatsApp shows *bold*, _italic_, ~strikethrough~ and ```code```.',
	statusFields: ['background_color', 'font'],
	schema: z.object({
		// 65,536 is what WhatsApp's own clients cut at.
		text: z
			.string()
			.min(1)
			.max(65_536)
			.meta({ title: 'Text', description: 'Text of the message', examples: ['Hello!'] }),
		background_color: z
			.string()
			.regex(/^#[0-9a-fA-F]{6}$/, 'must be a color, as in #1F7AEC')
			.optional()
			.meta({
				title: 'Background Color',
				description: 'Background color of a status, in hexadecimal',
				examples: ['#1F7AEC'],
			}),
		font: z
			.enum(Object.keys(fonts) as [keyof typeof fonts])
			.optional()
			.meta({
				title: 'Font',
				description: 'Font of a status',
				examples: ['system_bold'],
			}),
		link_preview: z
			.boolean()
			.optional()
			.meta({
				title: 'Link Preview',
				description:
					'Whether to show title, description and image of the first link. The gateway fetches the page, for 3 seconds at most; if that fails, the text is sent without a preview',
				examples: [true],
			}),
		...mentionable,
	}),
	link: ({ text, link_preview: isWanted }) => (isWanted ? linkIn(text) : undefined),
	toContent: ({ text, background_color: color, font }, { preview }) => ({
		extendedTextMessage: {
			text,
			...(color && { backgroundArgb: OPAQUE + parseInt(color.slice(1), 16), textArgb: WHITE }),
			...(font && { font: fonts[font] }),
			...(preview && {
				matchedText: preview.url ?? linkIn(text),
				title: preview.title,
				description: preview.description,
				jpegThumbnail: preview.thumbnail,
			}),
		},
	}),
	fromContent({ conversation, extendedTextMessage: extended }) {
		const said = conversation || extended?.text // protobuf spells "absent" as ''
		if (!said) return undefined
		return {
			text: said,
			background_color: colorOf(extended?.backgroundArgb),
			font: enumName(fonts, extended?.font),
		}
	},
	textOf: ({ text }) => text,
})

// What ends a sentence does not belong to the link in it.
function linkIn(text: string): string | undefined {
	return text.match(/https?:\/\/[^\s<>"']+/i)?.[0].replace(/[.,;:!?)\]}]+$/, '')
}

// The first two digits are the opacity.
function colorOf(argb: number | null | undefined): string | undefined {
	if (argb == null) return undefined
	return `#${argb.toString(16).padStart(8, '0').slice(2).toUpperCase()}`
}
