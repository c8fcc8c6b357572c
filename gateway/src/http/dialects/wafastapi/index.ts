import { apiKeyIn, apiKeyScheme } from '../../middleware/key-location.ts'
import type { Dialect } from '../dialect.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { fileSends } from './files.ts'
import { groups } from './groups.ts'
import { messages } from './messages.ts'
import { sends } from './sends.ts'
import { sessions } from './sessions.ts'
import { webhooks } from './webhooks.ts'

const MIB = 1024 * 1024

/** The API of WaFastApi. A key identifies the session: the only one that it may use. */
export const wafastapi: Dialect = {
	name: 'wafastapi',
	description:
		'The API of WaFastApi: `/api/whatsapp/send/text` and other paths below `/api`, with a key of one session',
	basePath: '/api',
	parts: ['/whatsapp', '/session'],
	key: {
		read: apiKeyIn,
		advice: 'Send it as `X-API-Key: KEY`.',
		schemes: { wafastapi: apiKeyScheme },
	},
	files: { at: /\/whatsapp\/send\/(photo|video|audio|file)$/, as: 'form', most: 10 },
	maxFileBytes: 50 * MIB,
	routes: (services) => [
		...sends(services),
		...fileSends(services),
		...messages(services),
		...groups(services),
		...sessions(services),
		...webhooks(services),
	],
	renderError,
	errorSchema,
	renderEvent,
}
