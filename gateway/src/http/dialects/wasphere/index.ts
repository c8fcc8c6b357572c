import { bearerIn, bearerScheme } from '../../middleware/key-location.ts'
import type { Dialect } from '../dialect.ts'
import { contacts } from './contacts.ts'
import { changes } from './changes.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { marks } from './marks.ts'
import { unsupported } from './refused.ts'
import { sends } from './sends.ts'
import { sessions } from './sessions.ts'
import { unknownTypes } from './unknown-types.ts'
import { webhooks } from './webhooks.ts'

/** WaSphere's API. A workspace is the `workspace` of sessions and keys. */
export const wasphere: Dialect = {
	name: 'wasphere',
	description: 'As WaSphere: `/workspaces/{workspaceId}/proxy/api/sessions/{sessionId}/…`',
	basePath: '/workspaces',
	key: {
		read: bearerIn,
		advice: 'Send it as `Authorization: Bearer KEY`.',
		schemes: { wasphere: bearerScheme },
	},
	requestsPerMinute: 60,
	files: { at: /\/messages\/(image|video|audio|document|gif|sticker|view-once)$/, as: 'json' },
	routes: (services) => [
		...sessions(services),
		...sends(services),
		...marks(services),
		...changes(services),
		...contacts(services),
		...webhooks(services),
		...unsupported,
		unknownTypes(sends(services)),
	],
	renderError,
	errorSchema,
	renderEvent,
}
