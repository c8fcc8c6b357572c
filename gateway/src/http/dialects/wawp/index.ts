import type { Dialect } from '../dialect.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { fieldsOf } from './fields.ts'
import { key } from './key.ts'
import { lists } from './lists.ts'
import { markReadEndpoints } from './mark-read.ts'
import { sends } from './sends.ts'
import { sessions } from './sessions.ts'
import { webhooks } from './webhooks.ts'

/**
 * Wawp's API, version 2. An instance is a session. Besides `send/text` their document names addresses without
 * bodies and answers: those are ours, in their style.
 */
export const wawp: Dialect = {
	name: 'wawp',
	description: 'As Wawp: `/v2/send/text` and beside it, with `instance_id` and `access_token`',
	basePath: '/v2',
	key,
	sendsByGet: /\/send\//,
	files: { at: /\/send\/(image|video|audio|voice|document|sticker)$/, as: 'either' },
	fieldsOf,
	routes: (services) => [
		...sends(services),
		...markReadEndpoints(services),
		...lists(services),
		...sessions(services),
		...webhooks(services),
	],
	renderError,
	errorSchema,
	renderEvent,
}
