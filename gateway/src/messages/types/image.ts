import { z } from '@hono/zod-openapi'
import { captioned, mentionable, viewable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { media } from '../media-source.ts'

export const imageField = media({
	title: 'Image',
	description: 'JPEG, PNG or WebP',
	example: 'https://example.com/image.jpg',
})

export const image = defineMessage({
	type: 'image',
	title: 'Image',
	description: 'An image, with an optional caption.',
	schema: z.object({ image: imageField, ...captioned, ...viewable, ...mentionable }),
	media: ({ image }) => [{ field: 'image', role: 'image', source: image }],
	toContent: ({ caption }, { files }) => ({ imageMessage: { ...files.image, caption } }),
	fromContent({ imageMessage: image }) {
		return image ? { caption: image.caption || undefined, media: factsOf(image) } : undefined
	},
	textOf: ({ caption }) => caption,
})
