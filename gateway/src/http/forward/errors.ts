import { GatewayError } from '../../errors.ts'

const RETRY_AFTER_S = 5

/** Nobody has the session, or nobody can be reached who has it. */
export function noOwner(session: string): GatewayError {
	const advice = `No gateway of the cluster serves session ${session} at the moment. Nothing was done; try again.`
	return new GatewayError('session_unreachable', advice, { retryAfter: RETRY_AFTER_S })
}

/** A request that no gateway has signed. */
export function unsigned(): GatewayError {
	const advice =
		'This port is for the gateways of the cluster. Their CLUSTER_KEY must be the same, and their clocks must not differ by more than 30 seconds.'
	return new GatewayError('unauthorized', advice)
}
