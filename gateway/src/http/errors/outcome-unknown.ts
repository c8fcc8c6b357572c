import { GatewayError } from '../../errors.ts'

/** A request that has no answer. @param why a sentence: what has happened instead */
export function outcomeUnknown(why: string, cause?: unknown): GatewayError {
	const advice =
		`${why} It may have carried out the request, or not. ` +
		'A request with an Idempotency-Key can be repeated without doing anything twice.'
	return new GatewayError('outcome_unknown', advice, { cause })
}
