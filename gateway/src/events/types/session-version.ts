import { z } from '@hono/zod-openapi'
import { defineEvent } from '../define.ts'

const version = z.string().meta({ examples: ['2.3000.1043857760'] })

export const sessionVersion = defineEvent({
	type: 'session.version',
	title: 'WhatsApp refused the version of the client',
	description:
		'WhatsApp takes no old versions of its web client. The gateway then looks for the newest one, and connects with it by itself. Without a newer one the session is `outdated` and tries again every few minutes; it is told once for each version that is refused.',
	data: z.object({
		refused: version.meta({ description: 'The version as which the session wanted to connect' }),
		version: version.nullable().meta({
			description: 'The one with which it connects now; null if no other one is known',
		}),
		hint: z.string().nullable().meta({ description: 'What to do; null if it goes on by itself' }),
	}),
	example: { refused: '2.3000.1035194821', version: '2.3000.1043857760', hint: null },
})
