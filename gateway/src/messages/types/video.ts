import { z } from '@hono/zod-openapi'
import { captioned, mentionable, viewable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { media } from '../media-source.ts'

export const videoField = media({
	title: 'Video',
	description: 'MP4 or 3GP',
	example: 'https://example.com/video.mp4',
})

export const video = defineMessage({
	type: 'video',
	title: 'Video',
	description: 'A video, with an optional caption.',
	schema: z.object({
		video: videoField,
		gif_playback: z
			.boolean()
			.optional()
			.meta({
				title: 'GIF',
				description: 'Whether it plays in a loop, without sound',
				examples: [false],
			}),
		...captioned,
		...viewable,
		...mentionable,
	}),
	media: ({ video, gif_playback: isGif }) => [
		{ field: 'video', role: isGif ? 'gif' : 'video', source: video },
	],
	toContent: ({ caption, gif_playback: gifPlayback }, { files }) => ({
		videoMessage: { ...files.video, caption, ...(gifPlayback && { gifPlayback }) },
	}),
	fromContent({ videoMessage: video }) {
		if (!video) return undefined
		return {
			caption: video.caption || undefined,
			gif_playback: video.gifPlayback || undefined,
			media: factsOf(video),
		}
	},
	textOf: ({ caption }) => caption,
})
