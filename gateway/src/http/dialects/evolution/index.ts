import type { Dialect } from '../dialect.ts'
import { business } from './business.ts'
import { chatChanges } from './chat-changes.ts'
import { channels } from './channels.ts'
import { chatLists } from './chat-lists.ts'
import { connections } from './connect.ts'
import { credentials } from './credentials.ts'
import { errorSchema, renderError } from './errors.ts'
import { renderEvent } from './events.ts'
import { fieldsOf } from './fields-of.ts'
import { messageLists } from './find-messages.ts'
import { groups } from './groups.ts'
import { instanceEnds } from './instance-ends.ts'
import { instances } from './instances.ts'
import { labels } from './labels.ts'
import { mediaDownloads } from './media-downloads.ts'
import { numbers } from './numbers.ts'
import { parts } from './parts.ts'
import { polls } from './polls.ts'
import { profiles } from './profiles.ts'
import { proxies } from './proxy.ts'
import { readMarks } from './read-marks.ts'
import { settingsEndpoints } from './settings.ts'
import { refuses, unsupported } from './unsupported.ts'
import { toldSubscriptions } from './webhook-names.ts'
import { webhooks } from './webhooks.ts'
import { sends } from './sends.ts'

/** The API of Evolution API, version 2.3. Its instance is our session. */
export const evolution: Dialect = {
	name: 'evolution',
	description:
		'The API of Evolution API 2.3: `/message/sendText/{instance}` and other paths at the root, with the header `apikey`',
	basePath: '',
	parts,
	sendsByPost: /^\/(message|group\/sendInvite)\//,
	refuses,
	root: ({ clientVersion }) => ({
		status: 200,
		message: 'This gateway speaks the API of Evolution API',
		version: '2.3.7',
		clientName: 'whatsapp-gateway',
		documentation: '/docs',
		whatsappWebVersion: clientVersion,
	}),
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
	routes: (services) => [
		credentials,
		...instances(services),
		...connections(services),
		...instanceEnds(services),
		...settingsEndpoints(services),
		...proxies(services),
		...groups(services),
		numbers(services),
		...chatLists(services),
		...chatChanges(services),
		...readMarks(services),
		channels(services),
		polls(services),
		...messageLists(services),
		mediaDownloads(services),
		...profiles(services),
		...labels(services),
		...business(services),
		...sends(services),
		...webhooks(services),
		...unsupported,
	],
	renderError,
	errorSchema,
	eventNames: toldSubscriptions,
	renderEvent,
}
