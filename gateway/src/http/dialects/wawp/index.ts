import type { Dialect } from '../dialect.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { fieldsOf } from './fields.ts'
import { key } from './key.ts'
import { lists } from './lists.ts'
import { markRead } from './mark-read.ts'
import { sends } from './sends.ts'
import { sessions } from './sessions.ts'
import { webhooks } from './webhooks.ts'

/**
 * The API of Wawp, version 2. Its instance is our session. Wawp documents bodies and responses of `send/text` only;
 * those of the other paths are ours, in its style.
 */
export const wawp: Dialect = {
	name: 'wawp',
	description:
		'The API of Wawp: `/v2/send/text` and other paths below `/v2`, with `instance_id` and `access_token`',
	basePath: '/v2',
	key,
	sendsByGet: /\/send\//,
	files: { at: /\/send\/(image|video|audio|voice|document|sticker)$/, as: 'either' },
	fieldsOf,
	routes: (services) => [
		...sends(services),
		...markRead(services),
		...lists(services),
		...sessions(services),
		...webhooks(services),
	],
	renderError,
	errorSchema,
	renderEvent,
}
