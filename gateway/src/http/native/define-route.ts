import { z } from '@hono/zod-openapi'
import type { Webhooks } from '../../delivery/registry/webhooks.ts'
import type { Session } from '../../session/session.ts'
import type { Sessions } from '../../session/sessions.ts'
import type { Caller } from '../api-keys/caller.ts'
import type { PairingLinks } from '../links/index.ts'
import { sessionParam } from '../openapi/schemas.ts'

/** What routes are served with. */
export type RouteServices = { sessions: Sessions; webhooks: Webhooks; links: PairingLinks }

/** A validated request. */
export type RouteRequest<Params, Query, Body> = {
	caller: Caller
	params: Params
	query: Query
	body: Body
	/** The `Idempotency-Key` of the request, of a route that creates something. */
	idempotencyKey: string | undefined
}

/** What the handler of a route of a session is given. */
export type RouteCall<Params, Query, Body> = RouteRequest<Params, Query, Body> & {
	session: Session
	links: PairingLinks
}

/** What the handler of a route of the gateway is given. */
export type GatewayCall<Params, Query, Body> = RouteRequest<Params, Query, Body> & RouteServices

/** The operation of _WhatsApp Send_ that calls a route. `npm run generate` makes it. */
export type NodeOperation = {
	/** One of `codegen/n8n/resources.ts`. */
	resource: string
	/** By n8n's conventions: `Create`, `Get`, `Get Many`, `Update`, `Add Participant`. */
	name: string
	/** A property of the answer that is a list: each entry becomes an item. */
	itemsOf?: string
	/** The list comes in pages: the query's field that takes the answer's `next`. The node follows it; so it does `offset`. */
	pagedBy?: string
	/** The entries of `itemsOf` have a `code`: with an option, one that is not 200 fails the item. */
	refusals?: true
	/** A property of the answer that is the URL of a file: with an option, the file becomes binary data. */
	fileAt?: string
	/** Fields of the body that another node fills in. */
	without?: readonly string[]
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A route: all that OpenAPI, the HTTP server and the n8n node need to know of it. */
export type RouteDefinition = {
	method: Method
	/** In the native API: `/sessions/{session}/groups/{jid}/participants`. */
	path: string
	/**
	 * Another way to ask for the same. For DELETE with a body, since some proxies drop that body; the node asks this
	 * way then.
	 */
	twin?: { method: Method; path: string }
	/** In the imperative, as n8n's operation says it too: `Add members to a group`. */
	summary: string
	description?: string
	params: z.ZodObject
	query: z.ZodObject
	/** Undefined if the request has no body. */
	body: z.ZodObject | undefined
	/** `noContent` if there is none. */
	answer: z.ZodType
	/** The status of success, if there is an answer. */
	status: 200 | 201
	/** What the answer of success means, for the OpenAPI document. */
	success: string
	/** Whether the body may be a multipart form, with files. */
	files: boolean
	/** Whether a repetition would create a second one: such a request may have an `Idempotency-Key`. */
	creates: boolean
	/** The operation of the node, or the reason why it has none. */
	node: NodeOperation | string
	run(request: RouteRequest<never, never, never>, services: RouteServices): Promise<unknown>
}

/** For a route that answers 204. */
export const noContent = z.void()

const none = z.object({})
type None = typeof none

type Defaulted = 'params' | 'query' | 'body' | 'status' | 'success' | 'files' | 'creates'

type Given<
	Answer extends z.ZodType,
	Params extends z.ZodObject,
	Query extends z.ZodObject,
	Body extends z.ZodObject,
	Call,
> = Omit<RouteDefinition, Defaulted | 'answer' | 'run'> & {
	params?: Params
	query?: Query
	body?: Body
	answer: Answer
	status?: 200 | 201
	success?: string
	files?: boolean
	creates?: boolean
	run(call: Call): Promise<z.input<Answer>>
}

/** All routes of a session are below. */
export const OF_SESSION = '/sessions/{session}'

/**
 * Defines a route of a session; its path is what follows `/sessions/{session}`. `run` answers with what `answer`
 * describes, or throws a GatewayError.
 * @example
 * defineRoute({
 *   method: 'post',
 *   path: '/groups/{jid}/leave',
 *   summary: 'Leave a group',
 *   params: z.object({ jid: groupRef }),
 *   answer: doneSchema,
 *   node: { resource: 'group', name: 'Leave' },
 *   run: ({ session, params }) => session.withSocket((deps) => leaveGroup(deps, params.jid)),
 * })
 */
export function defineRoute<
	Answer extends z.ZodType,
	Params extends z.ZodObject = None,
	Query extends z.ZodObject = None,
	Body extends z.ZodObject = None,
>(
	given: Given<
		Answer,
		Params,
		Query,
		Body,
		RouteCall<z.output<Params>, z.output<Query>, z.output<Body>>
	>,
): RouteDefinition {
	const { path, twin, params = none } = given
	return {
		...withDefaults(given),
		path: `${OF_SESSION}${path}`,
		...(twin && { twin: { ...twin, path: `${OF_SESSION}${twin.path}` } }),
		params: sessionParam.extend(params.shape),
		run: (request: RouteRequest<{ session: string }, never, never>, { sessions, links }) =>
			given.run({
				...request,
				links,
				params: request.params as never,
				session: sessions.get(request.params.session),
			}),
	}
}

/**
 * Defines a route that is not of one session. Its handler shows and changes only what the caller may use.
 * @example
 * defineGatewayRoute({
 *   method: 'get',
 *   path: '/tags',
 *   summary: 'Get many tags',
 *   answer: z.array(tagSchema),
 *   node: { resource: 'session', name: 'Get Many Tags' },
 *   run: async ({ sessions, caller }) => tagsOf(sessionsOf(sessions, caller)),
 * })
 */
export function defineGatewayRoute<
	Answer extends z.ZodType,
	Params extends z.ZodObject = None,
	Query extends z.ZodObject = None,
	Body extends z.ZodObject = None,
>(
	given: Given<
		Answer,
		Params,
		Query,
		Body,
		GatewayCall<z.output<Params>, z.output<Query>, z.output<Body>>
	>,
): RouteDefinition {
	return {
		...withDefaults(given),
		run: (request: RouteRequest<never, never, never>, services) =>
			given.run({ ...request, ...services }),
	}
}

type Shared = Omit<RouteDefinition, Defaulted | 'run'> & Partial<Pick<RouteDefinition, Defaulted>>

const withDefaults = (given: Shared) => ({
	...given,
	params: given.params ?? none,
	query: given.query ?? none,
	body: given.body,
	status: given.status ?? 200,
	success: given.success ?? 'Done',
	files: given.files ?? false,
	creates: given.creates ?? false,
})
