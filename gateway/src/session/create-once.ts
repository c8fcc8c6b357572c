import { createHmac } from 'node:crypto'
import { createRunning, refuseOther } from './running.ts'
import type { SessionState } from './state/index.ts'
import { fingerprintOf } from './state/idempotency-keys.ts'

export type CreateOnceOptions = {
	/** What WhatsApp is told as the key of a creation follows from it: the same after a crash. */
	secret: string
	state(): Promise<SessionState>
}

/**
 * Creates once per idempotency key: a group, a channel. Repeating a request gets the first answer, also after a restart;
 * what failed is tried again. A crash after WhatsApp has created it and before that is kept leaves it to WhatsApp, which
 * gets the same key again, whether there are two.
 * @returns a function that runs a creation. `act` gets a key for WhatsApp; its answer must be plain JSON
 */
export function createOnce({ secret, state }: CreateOnceOptions) {
	const running = createRunning<unknown>()

	async function replayOrAct<T>(
		key: string,
		fingerprint: string,
		act: (creationKey: string) => Promise<T>,
	): Promise<T> {
		const { created, commit } = await state()
		const known = await created.find(key)
		if (known) {
			refuseOther(known.fingerprint, fingerprint)
			return known.answer as T
		}
		const answer = await act(keyOf(secret, key))
		await commit([created.keep(key, { fingerprint, answer })])
		return answer
	}

	return function once<T>(
		key: string | undefined,
		request: unknown,
		act: (creationKey: string | undefined) => Promise<T>,
	): Promise<T> {
		if (key === undefined) return act(undefined)
		const fingerprint = fingerprintOf(request)
		return running(key, fingerprint, () => replayOrAct(key, fingerprint, act)) as Promise<T>
	}
}

const keyOf = (secret: string, key: string) =>
	createHmac('sha256', secret).update(`create ${key}`).digest('hex').slice(0, 20).toUpperCase()
