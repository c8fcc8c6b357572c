import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import { isForm } from '../request/body.ts'

/** Rejects a body that is not JSON: the validator would read it as an empty object. */
export const jsonOnly: MiddlewareHandler = async function jsonOnly(c, next) {
	const type = c.req.header('content-type')
	if (hasBody(c) && !isJson(type)) {
		const given = type ? `not ${type.split(';')[0]}` : 'which is missing'
		const advice = `Send JSON with the header \`Content-Type: application/json\`, ${given}.`
		throw new GatewayError('unsupported_media_type', advice)
	}
	await next()
}

/** Rejects a body that is not a multipart form. */
export const formOnly: MiddlewareHandler = async function formOnly(c, next) {
	if (hasBody(c) && !isForm(c)) {
		const advice =
			'Send a form with the header `Content-Type: multipart/form-data`, one part per file.'
		throw new GatewayError('unsupported_media_type', advice)
	}
	await next()
}

/** Whether a request has a body. */
export function hasBody(c: Context): boolean {
	const length = c.req.header('content-length')
	if (length !== undefined) return length !== '0'
	// Over HTTP a request with a body declares it; a DELETE from n8n or curl declares none and has none.
	const isFromOutside = c.env?.incoming !== undefined
	if (isFromOutside) return c.req.header('transfer-encoding') !== undefined
	return c.req.raw.body !== null
}

function isJson(type: string | undefined): boolean {
	return type !== undefined && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)
}
