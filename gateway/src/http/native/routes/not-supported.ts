import { z } from '@hono/zod-openapi'
import { GatewayError } from '../../../errors.ts'
import { doneSchema } from '../../openapi/schemas.ts'
import { defineRoute, type RouteDefinition } from '../define-route.ts'

const SOUND =
	'The gateway does not take part in the sound and pictures of calls: it can only see and reject them.'

const COLLECTIONS =
	'Nobody knows how WhatsApp is asked to change collections. Change them on the phone.'

/** What other systems or WhatsApp's own app can do and the gateway cannot, with the reason. */
export const unsupported: [method: RouteDefinition['method'], path: string, reason: string][] = [
	['post', '/calls/ring', SOUND],
	['post', '/calls/accept', SOUND],
	['post', '/calls/terminate', SOUND],
	['post', '/calls/tts', SOUND],
	['post', '/calls/play', SOUND],
	['get', '/calls/media/ws', SOUND],
	['get', '/calls/recording', SOUND],
	['get', '/calls/transcript', SOUND],
	['get', '/calls/voices', SOUND],
	[
		'post',
		'/channels/search',
		'Searching all channels of WhatsApp was not verified against it, and Baileys cannot do it. `GET …/channels?search=` searches those of the account.',
	],
	[
		'put',
		'/privacy/settings/exceptions',
		'Baileys cannot list the people that `contact_blacklist` excludes. Choose them on the phone; the setting itself can be changed here.',
	],
	['post', '/catalog/collections', COLLECTIONS],
	['patch', '/catalog/collections/{collection_id}', COLLECTIONS],
	['delete', '/catalog/collections/{collection_id}', COLLECTIONS],
	[
		'put',
		'/catalog/cart',
		'Nobody knows how WhatsApp is asked to switch the cart of a catalog on or off. Do it on the phone.',
	],
]

/** Routes that answer 501 `not_supported`, so that a client learns why. */
export const notSupportedRoutes = unsupported.map(([method, path, reason]) =>
	defineRoute({
		method,
		path,
		summary: `Not supported: ${method.toUpperCase()} ${path.slice(1)}`,
		description: reason,
		params: paramsOf(path),
		answer: doneSchema,
		node: reason,
		async run() {
			throw new GatewayError('not_supported', reason)
		},
	}),
)

function paramsOf(path: string): z.ZodObject {
	const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!)
	return z.object(Object.fromEntries(names.map((name) => [name, z.string()])))
}
