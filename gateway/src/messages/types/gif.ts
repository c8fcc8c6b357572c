import { z } from '@hono/zod-openapi'
import { captioned, mentionable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { video } from './video.ts'
import { media } from '../media-source.ts'

export const gif = defineMessage({
	type: 'gif',
	title: 'GIF',
	description: 'A short video that plays in a loop, without sound. Recipients get it as `video`.',
	schema: z.object({
		video: media({
			title: 'Video',
			description: 'MP4, or a GIF, which is converted to a video',
			example: 'https://example.com/wave.mp4',
		}),
		...captioned,
		...mentionable,
	}),
	media: ({ video }) => [{ field: 'video', role: 'gif', source: video }],
	toContent: (input, tools) => video.toContent({ ...input, gif_playback: true }, tools),
})
