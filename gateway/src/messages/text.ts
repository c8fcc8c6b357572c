import { z } from '@hono/zod-openapi'
import { mentionable } from './common.ts'
import { defineMessage } from './define.ts'

export const text = defineMessage({
	type: 'text',
	title: 'Text',
	description: 'A text. WhatsApp shows *bold*, _italic_, ~strikethrough~ and ```code```.',
	schema: z.object({
		// 65,536 is what WhatsApp's own clients cut at.
		text: z
			.string()
			.min(1)
			.max(65_536)
			.meta({ title: 'Text', description: 'What to say', examples: ['Hello!'] }),
		...mentionable,
	}),
	toContent: ({ text }) => ({ extendedTextMessage: { text } }),
	fromContent({ conversation, extendedTextMessage }) {
		const said = conversation || extendedTextMessage?.text // protobuf spells "absent" as ''
		return said ? { text: said } : undefined
	},
	textOf: ({ text }) => text,
})
