import { z } from '@hono/zod-openapi'
import { audio, audioField } from './audio.ts'
import { viewable } from '../envelope.ts'
import { defineMessage } from '../define.ts'

export const voice = defineMessage({
	type: 'voice',
	title: 'Voice Note',
	description:
		'A voice note, like one recorded in the chat. Recipients get it as `audio` with `ptt`.',
	schema: z.object({ audio: audioField, ...viewable }),
	media: ({ audio }) => [{ field: 'audio', role: 'voice', source: audio }],
	toContent: (input, tools) => audio.toContent({ ...input, ptt: true }, tools),
})
