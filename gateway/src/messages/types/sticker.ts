import { z } from '@hono/zod-openapi'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { media } from '../media-source.ts'

export const sticker = defineMessage({
	type: 'sticker',
	title: 'Sticker',
	description: 'A sticker. Other formats are converted to WebP.',
	schema: z.object({
		sticker: media({
			title: 'Sticker',
			description: 'WebP, animated or not; PNG, JPEG and GIF are converted',
			example: 'https://example.com/sticker.webp',
		}),
	}),
	media: ({ sticker }) => [{ field: 'sticker', role: 'sticker', source: sticker }],
	toContent: (_, { files }) => ({ stickerMessage: { ...files.sticker } }),
	fromContent: ({ stickerMessage: sticker }) => (sticker ? { media: factsOf(sticker) } : undefined),
})
