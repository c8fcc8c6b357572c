import type { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { Sessions } from '../../session/sessions.ts'
import type { Delivery } from '../../delivery/index.ts'
import type { RenderEvent } from '../../delivery/formats.ts'
import type { Webhooks } from '../../delivery/registry/webhooks.ts'
import type { WorkspaceWebhooks } from '../../delivery/registry/workspace-webhooks.ts'
import type { GatewayError } from '../../errors.ts'
import type { AppEnv, Caller } from '../api-keys/caller.ts'
import type { KeyLocation } from '../middleware/key-location.ts'
import type { Keys } from '../api-keys/store.ts'
import type { UploadOptions } from '../multipart/index.ts'

/**
 * The API of another system: it translates their words into ours and back, and does nothing else, so that who
 * moves over changes the base URL and keeps the code. What it cannot say it refuses by name.
 */
export type Dialect = {
	/** As in the setting DIALECTS, and the tag of its operations in the OpenAPI document. */
	name: string
	/** For people. */
	description: string
	/** Every address below it is this dialect's: `/sessions`. */
	basePath: string
	/** The only parts below it that are, where others are not: `/session`, `/whatsapp`. */
	parts?: readonly string[]
	key: KeyLocation
	/** How many requests its document lets each key make in a minute; else RATE_LIMIT counts for what changes something. */
	requestsPerMinute?: number
	/** The addresses that send although they are asked with GET. */
	sendsByGet?: RegExp
	/**
	 * The addresses whose bodies may bring files, how, and how many at the most. `either` takes them as parts of a
	 * form; its JSON is as small as any other.
	 */
	files?: { at: RegExp; as: 'json' | 'form' | 'either'; most?: number }
	/** The size of the largest file, where its document names one. */
	maxFileBytes?: number
	routes(services: Services): Endpoint[]
	/** What a request says, where not its body alone says it. */
	fieldsOf?(c: Context<AppEnv>, body: unknown): unknown
	/** An error in their form and with their status. */
	renderError(error: GatewayError): Rendered
	/** How such an answer is described. */
	errorSchema: z.ZodType
	/** An event in their form; undefined if they have no such event. For webhooks that ask for this format. */
	renderEvent?: RenderEvent
}

/** What a dialect translates to. */
export type Services = {
	sessions: Sessions
	webhooks: Webhooks
	workspaceWebhooks: WorkspaceWebhooks
	delivery: Delivery
	keys: Keys
	uploads: UploadOptions
}

export type Rendered = { status: number; body: Record<string, unknown> }

export type { RenderedEvent } from '../../delivery/formats.ts'

/** A request as an endpoint gets it, its body checked. */
export type Call<Body = unknown> = {
	c: Context<AppEnv>
	caller: Caller
	body: Body
	/** A part of the address. */
	param(name: string): string
}

/** The statuses of what went well, and what they say. */
export const successes = {
	200: 'Done',
	201: 'Made',
	202: 'It left; WhatsApp has not answered yet',
} as const

/** One operation of a dialect. */
export type Endpoint<Body extends z.ZodObject = z.ZodObject> = {
	method: 'get' | 'post' | 'put' | 'patch' | 'delete'
	/** Below the base path, with `{session}` for its variable parts. */
	path: string
	summary: string
	query?: z.ZodObject
	/**
	 * What the body holds; of a form its texts, and lists of files, which go when the answer is there. With GET it is
	 * what the address holds, as `fieldsOf` has it.
	 */
	body?: Body
	/** What is answered if all goes well; left out where nothing ever does. */
	answer?: z.ZodType
	/** The statuses of that answer. @default 200 */
	statuses?: readonly (keyof typeof successes)[]
	run(call: Call<z.output<Body>>): Response | Promise<Response>
}

/** Ties an endpoint's `run` to its body. */
export function endpoint<Body extends z.ZodObject>(given: Endpoint<Body>): Endpoint {
	return given as unknown as Endpoint
}
