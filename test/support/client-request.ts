/**
 * A request as a client of the API makes it.
 * @param apiKey its API key @param idempotencyKey for a send that may be repeated
 */
export const clientRequest = (
	apiKey: string,
	method: string,
	body?: object,
	idempotencyKey?: string,
): RequestInit => ({
	method,
	headers: {
		'x-api-key': apiKey,
		'content-type': 'application/json',
		...(idempotencyKey && { 'idempotency-key': idempotencyKey }),
	},
	...(body && { body: JSON.stringify(body) }),
})
