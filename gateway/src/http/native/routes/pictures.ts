import { z } from '@hono/zod-openapi'
import { media } from '../../../messages/media-source.ts'
import type { Picture } from '../../../session/ask/pictures.ts'
import { queryFlag } from '../params.ts'

/** How the picture of a person, group or channel is asked for. */
export const pictureQuery = z.object({
	preview: queryFlag
		.default(false)
		.meta({ title: 'Preview', description: 'Whether it is the small picture, of 96 pixels' }),
})

export const pictureSchema = z
	.object({
		url: z.string().nullable().meta({ description: 'Valid for some days' }),
		id: z.string().nullable(),
		picture_id: z.string().nullable().meta({ description: 'The same as `id`' }),
		direct_path: z.string().nullable(),
	})
	.openapi('Picture')

export function shownPicture(picture: Picture | null): z.input<typeof pictureSchema> {
	const { url = null, id = null, directPath = null } = picture ?? {}
	return { url, id, picture_id: id, direct_path: directPath }
}

/** The body of a request that sets a picture. */
export const pictureBody = z.object({
	image: media({
		title: 'Image',
		description: 'An image of any usual kind; its middle becomes a JPEG of 640 × 640 pixels',
		example: 'https://example.com/image.jpg',
	}),
})
