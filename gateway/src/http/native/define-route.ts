import { z } from '@hono/zod-openapi'
import type { Session } from '../../session/session.ts'
import type { Caller } from '../api-keys/caller.ts'

/** What a handler is given: the validated request. */
export type RouteCall<Params, Query, Body> = {
	session: Session
	caller: Caller
	params: Params
	query: Query
	body: Body
	/** The `Idempotency-Key` of the request, of a route that creates something. */
	idempotencyKey: string | undefined
}

/** The operation of _WhatsApp Send_ that calls a route. `npm run generate` makes it. */
export type NodeOperation = {
	/** One of `codegen/n8n/resources.ts`. */
	resource: string
	/** By n8n's conventions: `Create`, `Get`, `Get Many`, `Update`, `Add Participant`. */
	name: string
	/** A property of the answer that is a list: each entry becomes an item. */
	itemsOf?: string
	/** The entries of `itemsOf` have a `code`: with an option, one that is not 200 fails the item. */
	refusals?: true
}

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

/** A route of a session: all that OpenAPI, the HTTP server and the n8n node need to know of it. */
export type RouteDefinition = {
	method: Method
	/** Below `/sessions/{session}`: `/groups/{jid}/participants`. */
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
	answer: z.ZodType
	/** What the answer of success means, for the OpenAPI document. */
	success: string
	/** Whether the body may be a multipart form, with files. */
	files: boolean
	/** Whether a repetition would create a second one: such a request may have an `Idempotency-Key`. */
	creates: boolean
	/** The operation of the node, or the reason why it has none. */
	node: NodeOperation | string
	run(call: RouteCall<never, never, never>): Promise<unknown>
}

const none = z.object({})
type None = typeof none

type Given<
	Answer extends z.ZodType,
	Params extends z.ZodObject,
	Query extends z.ZodObject,
	Body extends z.ZodObject,
> = Omit<
	RouteDefinition,
	'params' | 'query' | 'body' | 'answer' | 'success' | 'files' | 'creates' | 'run'
> & {
	params?: Params
	query?: Query
	body?: Body
	answer: Answer
	success?: string
	files?: boolean
	creates?: boolean
	run(call: RouteCall<z.output<Params>, z.output<Query>, z.output<Body>>): Promise<z.input<Answer>>
}

/**
 * Defines a route of a session. `run` answers with what `answer` describes, or throws a GatewayError.
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
>(given: Given<Answer, Params, Query, Body>): RouteDefinition {
	return {
		...given,
		params: given.params ?? none,
		query: given.query ?? none,
		body: given.body,
		success: given.success ?? 'Done',
		files: given.files ?? false,
		creates: given.creates ?? false,
	}
}
