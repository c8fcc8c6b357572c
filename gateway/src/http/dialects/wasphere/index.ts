import { bearerIn, bearerScheme } from '../../middleware/key-location.ts'
import type { Dialect } from '../dialect.ts'
import { directory } from './directory.ts'
import { editAndDelete } from './edit-and-delete.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { markRead } from './mark-read.ts'
import { presence } from './presence.ts'
import { unsupportedEndpoints } from './unsupported.ts'
import { sends } from './sends.ts'
import { sessions } from './sessions.ts'
import { unknownMessageType } from './unknown-message-type.ts'
import { webhooks } from './webhooks.ts'

/** The API of WaSphere. Its workspace is our `workspace` of sessions and keys. */
export const wasphere: Dialect = {
	name: 'wasphere',
	description:
		'The API of WaSphere: `/workspaces/{workspaceId}/proxy/api/sessions/{sessionId}` and other paths below `/workspaces`',
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
		...markRead(services),
		...presence(services),
		...editAndDelete(services),
		...directory(services),
		...webhooks(services),
		...unsupportedEndpoints,
		unknownMessageType(sends(services)),
	],
	renderError,
	errorSchema,
	renderEvent,
}
