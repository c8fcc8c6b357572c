import { z } from '@hono/zod-openapi'
import { viewable } from '../envelope.ts'
import { defineMessage } from '../define.ts'
import { factsOf } from '../media-node.ts'
import { media } from '../media-source.ts'

export const audioField = media({
	title: 'Audio',
	description: 'MP3, OGG, WAV, M4A, …',
	example: 'https://example.com/audio.mp3',
})

export const audio = defineMessage({
	type: 'audio',
	title: 'Audio',
	description: 'An audio file, or a voice note.',
	schema: z.object({
		audio: audioField,
		ptt: z
			.boolean()
			.optional()
			.meta({
				title: 'Voice Note',
				description: 'Whether to send it as a voice note: converted to Opus, with a waveform',
				examples: [true],
			}),
		...viewable,
	}),
	media: ({ audio, ptt }) => [{ field: 'audio', role: ptt ? 'voice' : 'audio', source: audio }],
	toContent: ({ ptt }, { files }) => ({ audioMessage: { ...files.audio, ptt: ptt ?? false } }),
	fromContent({ audioMessage: audio }) {
		return audio ? { ptt: audio.ptt ?? false, media: factsOf(audio) } : undefined
	},
})
