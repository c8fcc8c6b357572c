import { GatewayError } from '../../../errors.ts'
import type { Endpoint } from '../dialect.ts'
import { API } from './session.ts'

/**
 * `POST …/messages/{type}` with an unknown type. Without this route the error would suggest DELETE, whose path has the
 * same form.
 */
export function unknownMessageType(sends: readonly Endpoint[]): Endpoint {
	const types = sends.map(({ path }) => path.split('/').at(-1)).join(', ')
	return {
		method: 'post',
		path: `${API}/{sessionId}/messages/{messageId}`,
		summary: 'Reject an unknown message type',
		run({ param }) {
			const advice = `Message type ${param('messageId')} does not exist. Known types are ${types}.`
			throw new GatewayError('not_found', advice)
		},
	}
}
