import type { Context } from 'hono'
import type { HTTPException } from 'hono/http-exception'
import type { ContentfulStatusCode } from 'hono/utils/http-status'
import { errorTable, GatewayError, isGatewayError } from '../../errors.ts'
import type { Log } from '../../log.ts'

/** An error as RFC 9457 has it: `application/problem+json`, with our code, and the field if one is at fault. */
export function problem(c: Context, { code, message, facts }: GatewayError): Response {
	const [status, title] = errorTable[code]
	const { retryAfter: _, allow: __, ...shown } = facts
	errorHeaders(c, facts)
	if (status === 401) c.header('WWW-Authenticate', 'Bearer')
	const type = `urn:whatsapp-gateway:problem:${code}`
	const body = { type, title, status, detail: message, code, ...shown }
	return c.body(JSON.stringify(body), status as ContentfulStatusCode, {
		'content-type': 'application/problem+json',
	})
}

/** What is said of an error in headers, whatever its body looks like. */
export function errorHeaders(c: Context, { retryAfter, allow }: GatewayError['facts']): void {
	if (retryAfter !== undefined) c.header('Retry-After', String(retryAfter))
	if (allow !== undefined) c.header('Allow', allow)
}

/** What a handler threw, as the caller may hear of it. What is our own fault is logged. */
export function translatedError(error: unknown, { req }: Context, log: Log): GatewayError {
	const found = toGatewayError(error)
	if (found.code === 'internal_error') log.error({ err: error, path: req.path }, 'request failed')
	return found
}

// What is not meant for the caller says nothing of itself.
function toGatewayError(error: unknown): GatewayError {
	if (isGatewayError(error)) return error
	if (isMalformedJson(error)) {
		return new GatewayError(
			'invalid_json',
			'The body cannot be parsed as JSON. Check quotes and commas.',
		)
	}
	const apology = 'Something unexpected happened. The log of the gateway says more.'
	return new GatewayError('internal_error', apology, { cause: error })
}

// Thrown by Hono's own validator.
function isMalformedJson(error: unknown) {
	const { status, message } = error as HTTPException
	return status === 400 && /malformed json/i.test(message)
}
