import { z } from '@hono/zod-openapi'
import { defineMessage } from './define.ts'

export const text = defineMessage({
	type: 'text',
	title: 'Text',
	schema: z.object({
		// 65,536 is what WhatsApp's own clients cut at.
		text: z
			.string()
			.min(1)
			.max(65_536)
			.meta({ title: 'Text', description: 'What to say', examples: ['Hello!'] }),
	}),
	// A preview would make Baileys fetch whatever address the text names.
	toContent: ({ text }) => ({ text, linkPreview: null }),
	fromContent({ conversation, extendedTextMessage }) {
		const said = conversation || extendedTextMessage?.text // protobuf spells "absent" as ''
		return said ? { text: said } : undefined
	},
})
