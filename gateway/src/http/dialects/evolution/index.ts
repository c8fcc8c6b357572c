import type { Dialect } from '../dialect.ts'
import { credentials } from './credentials.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { fieldsOf } from './fields-of.ts'
import { parts } from './parts.ts'
import { webhooks } from './webhooks.ts'
import { sends } from './sends.ts'

/** The API of Evolution API, version 2.3. Its instance is our session. */
export const evolution: Dialect = {
	name: 'evolution',
	description:
		'The API of Evolution API 2.3: `/message/sendText/{instance}` and other paths at the root, with the header `apikey`',
	basePath: '',
	parts,
	root: {
		status: 200,
		message: 'This gateway speaks the API of Evolution API',
		version: '2.3.7',
		clientName: 'whatsapp-gateway',
		documentation: '/docs',
	},
	key: {
		read: (c) => c.req.header('apikey'),
		advice: 'Send it as `apikey: KEY`.',
		schemes: { evolution: { type: 'apiKey', in: 'header', name: 'apikey' } },
	},
	files: {
		at: /^\/message\/(sendMedia|sendPtv|sendWhatsAppAudio|sendSticker|sendStatus)\//,
		as: 'both',
	},
	urlencoded: true,
	fieldsOf,
	routes: (services) => [credentials, ...sends(services), ...webhooks(services)],
	renderError,
	errorSchema,
	renderEvent,
}
