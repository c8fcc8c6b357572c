import { createHash, createHmac } from 'node:crypto'
import { GatewayError } from '../errors.ts'
import { newMessageId } from './send.ts'

type Attempt<T> = { fingerprint: string; result: Promise<T> }

/**
 * Does a thing once per key: who comes again with the same key gets the first one's answer. Failures are
 * forgotten, so that they can be tried again, with the same message id.
 */
// In memory for now: step 2 makes these records durable.
export function createOnce<T>(secret: string, limit = 5000) {
	const attempts = new Map<string, Attempt<T>>()
	return async function once(
		key: string | undefined,
		request: unknown,
		act: (messageId: string | undefined) => Promise<T>,
	): Promise<T> {
		if (key === undefined) return act(undefined)
		const fingerprint = createHash('sha256').update(JSON.stringify(request)).digest('hex')
		const before = attempts.get(key)
		if (before) return sameAs(before, fingerprint)
		const result = act(messageIdOf(secret, key))
		attempts.set(key, { fingerprint, result })
		if (attempts.size > limit) attempts.delete(attempts.keys().next().value!)
		return result.catch((error) => {
			attempts.delete(key)
			throw error
		})
	}
}

function sameAs<T>({ fingerprint, result }: Attempt<T>, asked: string): Promise<T> {
	if (fingerprint === asked) return result
	throw new GatewayError(
		'idempotency_key_reused',
		'This Idempotency-Key was used with another request. Use a new key for a new message.',
	)
}

function messageIdOf(secret: string, key: string) {
	return newMessageId(createHmac('sha256', secret).update(key).digest().subarray(0, 9))
}
