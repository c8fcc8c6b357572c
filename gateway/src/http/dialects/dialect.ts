import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Sessions } from '../../session/sessions.ts'
import type { Delivery } from '../../delivery/index.ts'
import type { RenderEvent } from '../../delivery/formats.ts'
import type { Webhooks } from '../../delivery/registry/webhooks.ts'
import type { WorkspaceWebhooks } from '../../delivery/registry/workspace-webhooks.ts'
import type { GatewayError } from '../../errors.ts'
import type { GatewayEvent } from '../../events/index.ts'
import type { AppEnv, Caller, KeyAction } from '../api-keys/caller.ts'
import type { KeyLocation } from '../middleware/key-location.ts'
import type { Keys } from '../api-keys/store.ts'
import type { UploadOptions } from '../uploads/index.ts'

/**
 * The API of another system. It translates requests into ours and responses back and does nothing else, so that a
 * client moves over by changing its base URL. What the gateway cannot do it rejects with `not_supported`.
 *
 * A new dialect is a folder beside this file and an entry in the list of `index.ts`; the setting DIALECTS, the OpenAPI
 * document and the webhook formats follow from it. `sendsIn` and `endpoint` make the endpoints.
 *
 * @example
 * // acme/index.ts: `POST /acme/{session}/text` with `{"phone": "…", "body": "…"}`
 * export const acme: Dialect = {
 * 	name: 'acme',
 * 	description: 'The API of Acme: `/acme/{session}/text` and other paths below `/acme`',
 * 	basePath: '/acme',
 * 	key: { read: bearerIn, advice: 'Send it as `Authorization: Bearer KEY`.', schemes: { acme: bearerScheme } },
 * 	routes(services) {
 * 		const send = sendsIn({
 * 			sessionOf: ({ caller, param }) => sessionFor(services.sessions, caller, param('session')),
 * 			response: z.object({ id: z.string(), queued: z.boolean() }).openapi('AcmeSent'),
 * 			render: ({ message_id, status }) => ({ id: message_id, queued: status === 'pending' }),
 * 		})
 * 		return [
 * 			send({
 * 				path: '/{session}/text',
 * 				summary: 'Send a text message',
 * 				body: z.object({ phone: z.string(), body: z.string() }),
 * 				translate: ({ phone, body }) => ({
 * 					type: 'text',
 * 					fields: { to: phone, text: body },
 * 					// Errors then name the fields that the client knows.
 * 					names: { to: 'phone', text: 'body' },
 * 				}),
 * 			}),
 * 		]
 * 	},
 * 	renderError: ({ code, message }) => ({ status: errorTable[code][0], body: { error: message } }),
 * 	errorSchema: z.object({ error: z.string() }).openapi('AcmeError'),
 * 	renderEvent(event) {
 * 		if (event.type !== 'message.received') return undefined
 * 		const { text, sender } = event.data
 * 		return { name: 'incoming', body: { kind: 'incoming', from: sender.phone, text }, headers: () => ({}) }
 * 	},
 * }
 */
export type Dialect = {
	/** Its name in the setting DIALECTS, its tag in the OpenAPI document, and its webhook format. */
	name: string
	/** The description of its tag. */
	description: string
	/**
	 * Every path below it belongs to this dialect: `/sessions`. Paths that an API served before it has, such as our own,
	 * stay with that.
	 */
	basePath: string
	/** Where not all paths below `basePath` belong to it, those that do: `/session`, `/whatsapp`. */
	parts?: readonly string[]
	/** Paths below which it refuses everything by name, whatever the method: `/typebot` → `Typebot`. */
	refuses?: Readonly<Record<string, string>>
	/** What it adds to the response of `GET /`, which needs no key. */
	root?(facts: RootFacts): Record<string, unknown>
	key: KeyLocation
	/**
	 * How many requests a key may make per minute, if its documentation says so. Otherwise RATE_LIMIT applies to the
	 * requests that send.
	 */
	requestsPerMinute?: number
	/** The paths whose POST sends, where others have POST for what only reads. */
	sendsByPost?: RegExp
	/** The paths that send although they are requested with GET. */
	sendsByGet?: RegExp
	/**
	 * The paths whose bodies may carry files, in which form, and how many at most. With `either`, only a form carries
	 * files: a JSON body keeps the usual limit. With `both`, JSON carries them in base64 as well.
	 */
	files?: { at: RegExp; as: 'json' | 'form' | 'either' | 'both'; most?: number }
	/** Whether a body may also be `application/x-www-form-urlencoded`. */
	urlencoded?: boolean
	/** The size of the largest file in bytes, if its documentation says so; MAX_MEDIA_BYTES applies as well. */
	maxFileBytes?: number
	/** Its endpoints; called once, when the gateway starts. */
	routes(services: Services): Endpoint[]
	/** The fields of a request, if they are not in its body alone. */
	fieldsOf?(c: Context<AppEnv>, body: unknown): unknown
	/** The status and body of an error of a request. */
	renderError(error: GatewayError, c: Context<AppEnv>): RenderedError
	/** The schema of those bodies. */
	errorSchema: z.ZodType
	/** The names by which its webhooks ask for events, of those that are sent. */
	eventNames?: readonly string[]
	/** The request that tells a webhook with this format about an event; undefined for an event that it does not have. */
	renderEvent?: RenderEvent
}

/** What everybody may know of the gateway. */
export type RootFacts = {
	/** The version of WhatsApp Web as which sessions connect. */
	clientVersion: string
}

/** The parts of the gateway that a dialect can use. */
export type Services = {
	sessions: Sessions
	webhooks: Webhooks
	workspaceWebhooks: WorkspaceWebhooks
	delivery: Delivery
	keys: Keys
	uploads: UploadOptions
}

export type RenderedError = { status: number; body: Record<string, unknown> }

export type { RenderContext, RenderedEvent } from '../../delivery/formats.ts'

/** The event of a type. */
export type EventOf<Type extends GatewayEvent['type']> = Extract<GatewayEvent, { type: Type }>

/** An event with the name and the fields that it has in another system. */
export type NamedEvent = { name: string; data: Record<string, unknown> }

/** A request to an endpoint, with a validated body. */
export type Call<Body = unknown> = {
	c: Context<AppEnv>
	caller: Caller
	body: Body
	/** A parameter of the path. */
	param(name: string): string
}

/** The statuses of success, with their descriptions. */
export const successStatuses = {
	200: 'Success',
	201: 'Created',
	202: 'Handed to WhatsApp, which has not acknowledged it yet',
} as const

export type SuccessStatus = keyof typeof successStatuses

/** One operation of a dialect. */
export type Endpoint<Body extends z.ZodObject = z.ZodObject> = {
	method: 'get' | 'post' | 'put' | 'patch' | 'delete'
	/** Below the base path, with parameters such as `{session}`. */
	path: string
	summary: string
	query?: z.ZodObject
	/**
	 * The fields of the body. Of a form: its texts, and lists of files, which are deleted after the response. With GET:
	 * the fields that `fieldsOf` finds in the query.
	 */
	body?: Body
	/** The body of success; left out where there is no success, and `empty` where success has no body. */
	response?: z.ZodType | 'empty'
	/** Whether success has no body where there is nothing to tell. */
	mayBeEmpty?: boolean
	/** The media type of bytes that a client may get instead. */
	bytes?: string
	/** What a key must be allowed to do, if it is limited. Such a key is refused where nothing is said. */
	action?: KeyAction
	/** The statuses of success. @default 200 */
	statuses?: readonly SuccessStatus[]
	run(call: Call<z.output<Body>>): Response | Promise<Response>
}

/** Types the `call.body` of an endpoint's `run` by its `body`. */
export function endpoint<Body extends z.ZodObject>(given: Endpoint<Body>): Endpoint {
	return given as unknown as Endpoint
}
