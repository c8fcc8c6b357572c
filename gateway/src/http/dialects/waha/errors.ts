import { STATUS_CODES } from 'node:http'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { errorTable, GatewayError, type ErrorCode, type FieldIssue } from '../../../errors.ts'
import type { RenderedError } from '../dialect.ts'
import { sessionOfRequest } from './request-session.ts'
import { wahaStatusOf } from './session-states.ts'

export const errorSchema = z
	.looseObject({
		statusCode: z.number().int().optional(),
		message: z
			.union([z.string(), z.array(z.string())])
			.optional()
			.meta({ description: 'What is wrong; a list if fields are not valid' }),
		error: z.unknown().optional(),
	})
	.openapi('WahaError')

/** An error with a status and a body of its own. */
export class WahaError extends GatewayError {
	readonly answer: RenderedError

	constructor(code: ErrorCode, message: string, answer: RenderedError) {
		super(code, message)
		this.answer = answer
	}
}

/** A rule of the server forbids it: 422, in these words. */
export const unprocessable = (message: string, code: ErrorCode = 'invalid_request') =>
	new WahaError(code, message, nestError(422, message))

/** There is none: 404, in these words. */
export const notFound = (message: string, code: ErrorCode = 'not_found') =>
	new WahaError(code, message, nestError(404, message))

/** Fields are not valid: 400, with the list of what is wrong. */
export const badRequest = (...messages: string[]) =>
	new WahaError('invalid_request', messages.join('. '), nestError(400, messages))

/** The file of a message is not there any more. */
export const fileGone = () =>
	new WahaError('media_gone', 'File not found', {
		status: 404,
		body: {
			error: {
				code: 404,
				key: 'FILE_NOT_FOUND',
				message: 'File not found',
				details: 'File not found or no longer available',
			},
		},
	})

/** Requests that need a session which does not exist: two keys, no message. */
export const noSuchSession = (name: string) =>
	new WahaError('session_not_found', `Session "${name}" does not exist`, {
		status: 422,
		body: { error: `Session "${name}" does not exist`, session: name },
	})

/** The same where WAHA says what to do about it. */
export const neverStarted = (name: string) =>
	notFound(
		`We didn't find a session with name '${name}'.\nPlease start it first by using POST /api/sessions/${name}/start request`,
		'session_not_found',
	)

/** The session is in another state than the request needs. */
export const notInState = (session: string, status: string, expected: readonly string[]) =>
	new WahaError('session_not_open', NOT_AS_EXPECTED, {
		status: 422,
		body: { error: NOT_AS_EXPECTED, session, status, expected },
	})

const NOT_AS_EXPECTED = 'Session status is not as expected. Try again later or restart the session'

/** The one endpoint with presences has a form of its own. */
export const presenceRefused = (detail: string) =>
	new WahaError('invalid_request', detail, { status: 400, body: { detail } })

/** Where WAHA has another status than ours, besides what `statusOf` says of whole classes. */
const statuses: Partial<Record<ErrorCode, number>> = {
	method_not_allowed: 404,
	session_not_found: 422,
	session_not_open: 422,
	session_corrupt: 422,
	media_fetch_failed: 422,
}

/** WAHA has no conflict and nothing that is gone; what WhatsApp has not done is an error of the server. */
function statusOf(code: ErrorCode): number {
	const [status] = errorTable[code]
	if (statuses[code]) return statuses[code]
	if (status === 409 || status === 410) return 422
	return status > 501 ? 500 : status
}

/** An error in the form of NestJS, which WAHA is made with. */
export function renderError(error: GatewayError, c: Context): RenderedError {
	if (error instanceof WahaError) return error.answer
	const { code, facts, message } = error
	const status = statusOf(code)
	if (code === 'unauthorized') return { status, body: { message: 'Unauthorized', statusCode: 401 } }
	if (code === 'forbidden') return nestError(403, 'Forbidden resource')
	if (code === 'not_found' || code === 'method_not_allowed')
		return nestError(404, `Cannot ${c.req.method} ${c.req.path}`)
	const session = sessionOfRequest(c)
	if (code === 'session_not_open' && session)
		return notInState(session.id, wahaStatusOf(session.view().status), ['WORKING']).answer
	if (status === 501) return nestError(501, `${ENGINE_CANNOT} ${message}`)
	if (status >= 500) return serverError(status, error, c)
	return nestError(status, facts.issues?.map(textOf) ?? (status === 400 ? [message] : message))
}

const ENGINE_CANNOT = "The method is not implemented by 'NOWEB' engine."

function nestError(statusCode: number, message: string | string[]): RenderedError {
	return {
		status: statusCode,
		body: { message, error: STATUS_CODES[statusCode] ?? 'Error', statusCode },
	}
}

/** What was sent stays out of it: it may hold secrets. */
function serverError(status: number, { message }: GatewayError, { req }: Context): RenderedError {
	const exception = { message, name: 'Error' }
	const request = { path: req.path, method: req.method }
	const timestamp = new Date().toISOString()
	return { status, body: { statusCode: status, timestamp, exception, request } }
}

/** As class-validator has it: the field, then what is wrong with it. */
function textOf({ field, text, isMissing }: FieldIssue): string {
	if (isMissing) return `${field} should not be empty`
	const words = text.replace(/^must be a text, not .*/, 'must be a string')
	return /^[a-z]/.test(words) ? [field, words].filter(Boolean).join(' ') : words
}
