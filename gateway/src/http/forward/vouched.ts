import type { IncomingMessage } from 'node:http'
import type { RequestScope, Vouched } from './request-scope.ts'

/** What this gateway vouches for when it sends a request on. */
export const vouchedOf = ({ caller, vouched }: RequestScope, env: object | undefined): Vouched => ({
	caller,
	peer: vouched?.peer ?? peerOf(env),
})

function peerOf(env: object | undefined): string | undefined {
	const { incoming } = (env ?? {}) as { incoming?: IncomingMessage }
	return incoming?.socket?.remoteAddress
}
