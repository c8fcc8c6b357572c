import { GatewayError } from '../../../errors.ts'
import type { Endpoint } from '../dialect.ts'
import { API } from './session.ts'

/**
 * `POST …/messages/{type}` with a type that there is not. Without it the answer would speak of DELETE, which has an
 * address of that form.
 */
export function unknownTypes(sends: readonly Endpoint[]): Endpoint {
	const types = sends.map(({ path }) => path.split('/').at(-1)).join(', ')
	return {
		method: 'post',
		path: `${API}/{sessionId}/messages/{messageId}`,
		summary: 'Not supported',
		run({ param }) {
			const advice = `There is no message type ${param('messageId')}. Known are ${types}.`
			throw new GatewayError('not_found', advice)
		},
	}
}
