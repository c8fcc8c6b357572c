import { GatewayError } from '../errors.ts'
import { assertionSchema, type Assertion } from '../session/passkey/assertion.ts'

/** Larger than any answer of a browser. */
export const MAX_ASSERTION_BYTES = 16 * 1024

/** @throws GatewayError invalid_request, which names the field */
export function readAssertion(json: unknown): Assertion {
	const parsed = assertionSchema.safeParse(json)
	if (parsed.success) return parsed.data
	const { path, message } = parsed.error.issues[0]!
	const field = path.join('.')
	const what = field ? `\`${field}\`` : 'The answer of the browser'
	throw new GatewayError('invalid_request', `${what}: ${message}.`, { field })
}
