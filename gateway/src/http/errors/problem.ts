import type { Context } from 'hono'
import type { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { errorTable, GatewayError, isGatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'
import { DamagedError } from '../../storage/driver.ts'
import { malformedJson } from './malformed-json.ts'

/** All that a caller learns about an internal error. */
export const INTERNAL_ERROR_DETAIL =
	'An unexpected error occurred. The log of the gateway has the details.'

/** The response to an error: `application/problem+json` of RFC 9457, with our code and the field at fault. */
export function problem(c: Context, error: GatewayError): Response {
	const body = problemBody(error)
	const { status } = body
	errorHeaders(c, error.facts)
	if (status === 401) c.header('WWW-Authenticate', 'Bearer')
	return c.body(JSON.stringify(body), status as ContentfulStatusCode, PROBLEM_TYPE)
}

export const PROBLEM_TYPE = { 'content-type': 'application/problem+json' }

/** The body of the response to an error. */
export function problemBody({ code, message, facts }: GatewayError) {
	const [status, title] = errorTable[code]
	const { retryAfter: _, allow: __, issues: ___, ...shown } = facts
	const type = `urn:whatsapp-gateway:problem:${code}`
	return { type, title, status, detail: message, code, ...shown }
}

/** Sets the headers of an error, which are the same whatever its body looks like. */
export function errorHeaders(c: Context, { retryAfter, allow }: GatewayError['facts']): void {
	if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter))
	if (allow !== undefined) c.header('Allow', allow)
}

/** What a handler threw, as an error that the caller may see. Logs an internal error, whose details stay hidden. */
export function toGatewayError(error: unknown, { req }: Context, log: Log): GatewayError {
	if (isGatewayError(error)) return error
	if (isMalformedJson(error)) return malformedJson(error)
	if (error instanceof DamagedError)
		return new GatewayError('session_corrupt', error.message, { cause: error })
	log.error({ err: error, path: req.path }, 'request failed')
	return new GatewayError('internal_error', INTERNAL_ERROR_DETAIL, { cause: error })
}

// Thrown by Hono's own validator.
function isMalformedJson(error: unknown): boolean {
	const { status, message } = error as HTTPException
	return status === 400 && /malformed json/i.test(message)
}
