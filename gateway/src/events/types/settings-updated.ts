import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

export const settingsUpdated = defineEvent({
	type: 'settings.updated',
	title: 'A setting of the account changed',
	description:
		'Who sees what of it (`last`, `profile`, `group_add` …), the timer of new chats (`default_disappearing`), or another setting that its devices share. From any of its devices.',
	data: z.object({
		setting: z.string().meta({ examples: ['last'] }),
		value: z
			.union([z.string(), z.number(), z.boolean()])
			.meta({ description: 'As in `GET …/privacy/settings`; seconds for a timer' }),
	}),
	example: { setting: 'last', value: 'contacts' },
})
