import { z } from '@hono/zod-openapi'
import { errorTable } from '../../../errors.ts'
import { apiKeyIn, apiKeyScheme } from '../../middleware/key-location.ts'
import type { Dialect } from '../dialect.ts'
import { markRead } from './mark-read.ts'
import { mediaDownload } from './media.ts'
import { presence } from './presence.ts'
import { sends } from './sends.ts'

/**
 * The API whose keys begin with `wask_`. Its documentation has no sessions, webhooks or errors: sessions and webhooks
 * are managed by the native API, and errors look like its responses.
 */
export const wask: Dialect = {
	name: 'wask',
	description:
		'The API whose keys begin with `wask_`: `/sessions/{id}/send` and other paths below `/sessions`',
	basePath: '/sessions',
	key: {
		read: apiKeyIn,
		advice: 'Send it as `X-API-Key: KEY`.',
		schemes: { wask: apiKeyScheme },
	},
	files: { at: /\/send\/(image|video|audio|document|sticker)$/, as: 'json' },
	routes: (services) => [
		...sends(services),
		...presence(services),
		...markRead(services),
		...mediaDownload(services),
	],
	renderError: ({ code, message }) => ({
		status: errorTable[code][0],
		body: { success: false, error: message, code },
	}),
	errorSchema: z
		.object({ success: z.literal(false), error: z.string(), code: z.string() })
		.openapi('WaskError'),
}
