import { GatewayError } from '../../errors.ts'

/** The error of a body that is not JSON. */
export function malformedJson(cause: unknown): GatewayError {
	const advice = 'The body cannot be parsed as JSON. Check quotes and commas.'
	return new GatewayError('invalid_json', advice, { cause })
}
