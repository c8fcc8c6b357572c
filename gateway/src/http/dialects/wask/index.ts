import { z } from '@hono/zod-openapi'
import { errorTable } from '../../../errors.ts'
import { apiKeyIn, apiKeyScheme } from '../../middleware/key-location.ts'
import type { Dialect } from '../dialect.ts'
import { marks } from './marks.ts'
import { media } from './media.ts'
import { sends } from './sends.ts'

/**
 * The API whose keys begin with `wask_`. Its document shows no sessions, webhooks or errors: those of the native
 * API serve it, and its errors have the form of its answers.
 */
export const wask: Dialect = {
	name: 'wask',
	description: 'As the API whose keys begin with `wask_`: `/sessions/{id}/send` and beside it',
	basePath: '/sessions',
	key: {
		read: apiKeyIn,
		advice: 'Send it as `X-API-Key: KEY`.',
		schemes: { wask: apiKeyScheme },
	},
	files: { at: /\/send\/(image|video|audio|document|sticker)$/, as: 'json' },
	routes: (services) => [...sends(services), ...marks(services), ...media(services)],
	renderError: ({ code, message }) => ({
		status: errorTable[code][0],
		body: { success: false, error: message, code },
	}),
	errorSchema: z
		.object({ success: z.literal(false), error: z.string(), code: z.string() })
		.openapi('WaskError'),
}
