import type { Dialect } from '../dialect.ts'
import { chats } from './chats/index.ts'
import { calendarEvents } from './calendar-events.ts'
import { calls } from './calls.ts'
import { channels } from './channels/index.ts'
import { groups } from './groups/index.ts'
import { presences } from './presence.ts'
import { profile } from './profile.ts'
import { statuses } from './statuses/index.ts'
import { contacts } from './contacts/index.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events/index.ts'
import { toldEvents } from './events/names.ts'
import { fieldsOf, KEY_IN_QUERY } from './fields.ts'
import { messageFiles } from './files/index.ts'
import { keys } from './keys/endpoints.ts'
import { labels } from './labels/index.ts'
import { messages } from './messages/index.ts'
import { pairing } from './pairing/endpoints.ts'
import { sends } from './sends/index.ts'
import { server } from './server/endpoints.ts'
import { deprecatedSessions } from './sessions/deprecated.ts'
import { sessions } from './sessions/endpoints.ts'

/** A browser that opens these can send no header. */
const takesKeyInQuery = /^\/(api\/files\/|ws\/?$)/

/** The API of WAHA, version 2026.7, with the engine NOWEB. */
export const waha: Dialect = {
	name: 'waha',
	description:
		'The API of WAHA 2026.7: `/api/sendText`, `/api/{session}/chats` and other paths below `/api`, with the header `X-Api-Key`',
	basePath: '',
	parts: ['/api', '/ping', '/mcp', '/ws'],
	key: {
		read: (c) =>
			c.req.header('x-api-key') ||
			(takesKeyInQuery.test(c.req.path) ? c.req.query(KEY_IN_QUERY) : undefined),
		advice: 'Send it as `X-Api-Key: KEY`.',
		knowsActions: true,
		schemes: { waha: { type: 'apiKey', in: 'header', name: 'X-Api-Key' } },
	},
	files: {
		at: /^\/api\/(sendImage|sendFile|sendVoice|sendVideo|sendButtons|send\/link-custom-preview)\/?$|^\/api\/[^/]+\/(profile\/picture|groups\/[^/]+\/picture|status\/(image|voice|video)|channels|media\/convert\/(voice|video))\/?$/,
		as: 'json',
	},
	urlencoded: true,
	sendsByPost:
		/^\/api\/(send|reply|forwardMessage)|^\/api\/[^/]+\/(status\/(text|image|voice|video)|events)\/?$/,
	sendsByGet: /^\/api\/sendText\/?$/,
	fieldsOf,
	// Fixed words first: elsewhere the name of a session stands in their place.
	routes: (services) => [
		...server(),
		...keys(services),
		...deprecatedSessions(services),
		...sessions(services),
		...sends(services),
		...contacts(services),
		...messageFiles(services),
		...pairing(services),
		...chats(services),
		...messages(services),
		...labels(services),
		...groups(services),
		...statuses(services),
		...channels(services),
		...presences(services),
		...profile(services),
		calls(services),
		calendarEvents(services),
	],
	renderError,
	errorSchema,
	eventNames: toldEvents,
	renderEvent,
}
