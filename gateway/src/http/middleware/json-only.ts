import type { Context, MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'

/** Refuses bodies that are not JSON: the validator would take them for an empty object. */
export const jsonOnly: MiddlewareHandler = async function jsonOnly(c, next) {
	const type = c.req.header('content-type')
	if (hasBody(c) && !isJson(type)) {
		const given = type ? `not ${type.split(';')[0]}` : 'and say so'
		const advice = `Send JSON with the header \`Content-Type: application/json\`, ${given}.`
		throw new GatewayError('unsupported_media_type', advice)
	}
	await next()
}

export function hasBody(c: Context) {
	const length = c.req.header('content-length')
	if (length !== undefined) return length !== '0'
	// Over HTTP a body says how it ends: a DELETE of n8n or curl says nothing, and has none.
	const isFromOutside = c.env?.incoming !== undefined
	if (isFromOutside) return c.req.header('transfer-encoding') !== undefined
	return c.req.raw.body !== null
}

function isJson(type: string | undefined) {
	return type !== undefined && /^application\/([\w.-]+\+)?json\s*(;|$)/i.test(type)
}
