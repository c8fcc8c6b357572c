import type { MiddlewareHandler } from 'hono'
import { GatewayError } from '../../errors.ts'
import { hasBody } from './json-only.ts'
import { isForm } from '../request/body.ts'

/** Refuses bodies that are no form. */
export const formOnly: MiddlewareHandler = async function formOnly(c, next) {
	if (hasBody(c) && !isForm(c)) {
		const advice = 'Send a form: `Content-Type: multipart/form-data`, with a part for each file.'
		throw new GatewayError('unsupported_media_type', advice)
	}
	await next()
}
