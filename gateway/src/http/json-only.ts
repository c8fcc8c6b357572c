import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../errors.ts'

/** Refuses bodies that are not JSON: the validator would take them for an empty object. */
export const jsonOnly: MiddlewareHandler = async function jsonOnly(c, next) {
	const type = c.req.header('content-type')
	if (hasBody(c.req.raw) && !isJson(type)) {
		const given = type ? `not ${type.split(';')[0]}` : 'and say so'
		const advice = `Send JSON with the header \`Content-Type: application/json\`, ${given}.`
		throw new GatewayError('unsupported_media_type', advice)
	}
	await next()
}

function hasBody(request: Request) {
	const length = request.headers.get('content-length')
	// Looked at last: to make its stream costs a tenth of a send.
	return length === null ? request.body !== null : length !== '0'
}

function isJson(type: string | undefined) {
	return type !== undefined && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)
}
