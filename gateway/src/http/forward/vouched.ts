import { peerOf } from '../../lib/net/peer.ts'
import type { RequestScope, Vouched } from './request-scope.ts'

/** What this gateway vouches for when it sends a request on. */
export const vouchedOf = ({ caller, vouched }: RequestScope, env: object | undefined): Vouched => ({
	caller,
	peer: vouched?.peer ?? peerOf(env),
})
