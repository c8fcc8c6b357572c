import { STATUS_CODES } from 'node:http'
import { z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import { errorTable, GatewayError, type ErrorCode, type FieldIssue } from '../../../errors.ts'
import type { RenderedError } from '../dialect.ts'
import { NotOnWhatsApp } from './not-on-whatsapp.ts'

export const errorSchema = z
	.looseObject({
		status: z.number().int().optional(),
		error: z.union([z.string(), z.boolean()]),
		response: z
			.object({
				message: z.unknown().meta({
					description:
						'What is wrong: a list of texts; of fields that are not valid a list in a list; a text for a wrong key',
				}),
			})
			.optional(),
	})
	.openapi('EvolutionError')

/** Where Evolution has another status than ours, besides what `statusOf` says of whole classes. */
const statuses: Partial<Record<ErrorCode, number>> = {
	method_not_allowed: 404,
	session_exists: 403,
	name_taken: 403,
	session_not_open: 400,
}

/** Its clients know no 409, 410, 415 and 422, and of the server's errors 500 alone, beside what we do not offer. */
function statusOf(code: ErrorCode): number {
	const [status] = errorTable[code]
	if (statuses[code]) return statuses[code]
	if ([409, 410, 415, 422].includes(status)) return 400
	return status > 501 ? 500 : status
}

/** The error of a request that its schema allows and Evolution refuses all the same, in its words. */
export const refused = (text: string) => new GatewayError('invalid_request', text)

/** A refusal that has several texts. */
export class Refused extends GatewayError {
	readonly texts: string[]

	constructor(texts: string[], code: ErrorCode = 'invalid_request') {
		super(code, texts.join(': '))
		this.texts = texts
	}
}

/** An error in the form of Evolution: what is wrong is in a list, in one place or another. */
export function renderError(error: GatewayError, c: Context): RenderedError {
	const status = statusOf(error.code)
	const message = messageOf(error, c)
	const name = STATUS_CODES[status] ?? 'Error'
	// This one endpoint has its errors unwrapped.
	if (c.req.path.startsWith('/chat/whatsappNumbers') && error.code === 'invalid_request')
		return { status, body: { status, error: name, message } }
	if (c.req.path.startsWith('/business/') && status === 400)
		return { status, body: { status, error: name, ...catalogRefusal(error) } }
	return { status, body: { status, error: name, response: { message } } }
}

/** Of catalogs Evolution says it as Meta's API does. */
function catalogRefusal({ message: whole, facts: { issues } }: GatewayError) {
	const message = issues ? issues.map(textOf).join(', ') : whole
	return {
		message,
		details: { message, context: 'business', type: 'whatsapp_api_error' },
		timestamp: new Date().toISOString(),
	}
}

function messageOf(error: GatewayError, { req }: Context): unknown {
	const { code, message, facts } = error
	if (error instanceof NotOnWhatsApp) return [error.answer]
	if (error instanceof Refused) return error.texts
	if (code === 'unauthorized') return 'Unauthorized'
	if (code === 'not_found' || code === 'method_not_allowed')
		return [`Cannot ${req.method} ${req.path}`]
	// Retries of workflows look for this text.
	if (code === 'session_not_open') return ['Error: Connection Closed']
	if (!facts.issues) return [message]
	return req.path.startsWith('/group/')
		? facts.issues.map((issue) => ({ property: propertyOf(issue), message: textOf(issue) }))
		: [facts.issues.map(textOf)]
}

/** In the words of JSON Schema validators; a text of our own, which begins with a capital letter, stays as it is. */
function textOf(issue: FieldIssue): string {
	const { field, text, isMissing } = issue
	if (!isMissing) return /^[a-z]/.test(text) ? `${propertyOf(issue)} ${text}` : text
	const steps = field.split('.')
	const place = ['instance', ...steps.slice(0, -1)].join('.')
	return `${place} requires property "${steps.at(-1)}"`
}

const propertyOf = ({ field }: FieldIssue) => (field ? `instance.${field}` : 'instance')
