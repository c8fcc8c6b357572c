import { GatewayError } from '../../errors.ts'

/** The error of a form that cannot be read. */
export function malformedForm(why: string): GatewayError {
	return new GatewayError('invalid_request', `The multipart body cannot be read: ${why}.`)
}

/** The error of a form that exceeds a limit. @param limit as in "A form may have at most 200 parts" */
export function tooMuch(limit: string, field?: string): GatewayError {
	return new GatewayError('payload_too_large', `${limit}.`, field ? { field } : {})
}
