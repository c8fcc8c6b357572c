import { z } from '@hono/zod-openapi'
import { captioned, mentionable } from '../envelope.ts'
import { defineMessage, type MediaSlot } from '../define.ts'
import { image, imageField } from './image.ts'
import { optional } from '../fields/optional.ts'
import { video, videoField } from './video.ts'

export const viewOnce = defineMessage({
	type: 'view-once',
	title: 'View Once',
	description:
		'An image or video that recipients can open only once. They get it as `image` or `video` with `view_once`.',
	schema: z
		.object({
			image: optional(imageField),
			video: optional(videoField),
			...captioned,
			...mentionable,
		})
		.refine(({ image, video }) => !image !== !video, {
			path: ['image'],
			error: 'give either `image` or `video`',
		}),
	context: () => ({ viewOnce: true }),
	media({ image: picture, video: film }): MediaSlot[] {
		return [
			...(picture ? image.media!({ image: picture }) : []),
			...(film ? video.media!({ video: film }) : []),
		]
	},
	toContent: ({ image: picture, video: film, caption }, tools) =>
		picture
			? image.toContent({ image: picture, caption }, tools)
			: video.toContent({ video: film!, caption }, tools),
})
