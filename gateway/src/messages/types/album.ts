import type { proto } from '@whiskeysockets/baileys'
import { z } from '@hono/zod-openapi'
import { captioned } from '../envelope.ts'
import { defineMessage, type MediaSlot } from '../define.ts'
import { imageField } from './image.ts'
import { optional } from '../fields/optional.ts'
import { videoField } from './video.ts'

const MEDIA_ALBUM = 1 // MessageAssociation.AssociationType

const item = z
	.object({ image: optional(imageField), video: optional(videoField), ...captioned })
	.refine(({ image, video }) => !image !== !video, { error: 'give either `image` or `video`' })

type Item = z.output<typeof item>

export const album = defineMessage({
	type: 'album',
	title: 'Album',
	description:
		"Several images and videos as one album. Each item is a message of its own; the answer has the id of the album's message.",
	schema: z.object({
		items: z
			.array(item)
			.min(2)
			.max(30)
			.meta({
				title: 'Items',
				description: 'The images and videos, in order',
				examples: [
					[
						{ image: { url: 'https://example.com/1.jpg' }, caption: 'One' },
						{ video: { url: 'https://example.com/2.mp4' } },
					],
				],
			}),
	}),
	namesItself: true,
	media: ({ items }) => items.map(slotOf),
	toContent({ items }, { files, ownKey: parentMessageKey }) {
		const images = items.filter(({ image }) => image).length
		const messageAssociation = { associationType: MEDIA_ALBUM, parentMessageKey }
		const parts = items.map((item, index): proto.IMessage => {
			const file = { ...files[slotOf(item, index).field], caption: item.caption }
			const content = item.image ? { imageMessage: file } : { videoMessage: file }
			return { ...content, messageContextInfo: { messageAssociation } }
		})
		const expected = { expectedImageCount: images, expectedVideoCount: items.length - images }
		return [{ albumMessage: expected }, ...parts]
	},
	fromContent({ albumMessage: album }) {
		if (!album) return undefined
		return { images: album.expectedImageCount ?? 0, videos: album.expectedVideoCount ?? 0 }
	},
})

function slotOf({ image, video }: Item, index: number): MediaSlot {
	return image
		? { field: `items.${index}.image`, role: 'image', source: image }
		: { field: `items.${index}.video`, role: 'video', source: video! }
}
