import { z } from '@hono/zod-openapi'
import { viewable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { videoField } from './video.ts'

export const videoNote = defineMessage({
	type: 'video-note',
	aliases: ['ptv'],
	title: 'Video Note',
	description: 'A short round video, like one recorded in the chat.',
	schema: z.object({ video: videoField, ...viewable }),
	media: ({ video }) => [{ field: 'video', role: 'video-note', source: video }],
	toContent: (_, { files }) => ({ ptvMessage: { ...files.video } }),
	fromContent: ({ ptvMessage: note }) => (note ? { media: factsOf(note) } : undefined),
})
