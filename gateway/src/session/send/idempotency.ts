import { createHmac } from 'node:crypto'
import type { Change } from '../../storage/driver.ts'
import { fingerprintOf } from '../state/idempotency-keys.ts'
import { createRunning, refuseOther } from '../running.ts'
import { newMessageId } from './message-id.ts'
import type { SendResult } from './send-result.ts'
import type { SessionState } from '../state/index.ts'

export type IdempotencyOptions = {
	/** From it and a key follows the id of a message: the same after a crash. */
	secret: string
	state(): Promise<SessionState>
}

/** The steps of a send. */
export type SendSteps = {
	/** Sends; `along` must be committed together with the message. */
	act(messageId: string, along: Change[]): Promise<SendResult>
	/** Called when nothing is left to do but to wait. */
	begun(): void
	/** Waits for what becomes of a message that is on its way. */
	outcomeOf(messageId: string, to: string): Promise<SendResult>
}

/**
 * Sends once per idempotency key, whatever crashes: who comes again with the same key and request gets the
 * answer of the first. What failed for certain is tried again, under the same message id.
 */
export function createIdempotency({ secret, state }: IdempotencyOptions) {
	const running = createRunning<SendResult>()

	async function replayOrAct(
		key: string,
		fingerprint: string,
		{ act, begun, outcomeOf }: SendSteps,
	): Promise<SendResult> {
		const { idempotencyKeys, messages } = await state()
		const known = await idempotencyKeys.find(key)
		const messageId = known?.message_id ?? messageIdOf(secret, key)
		if (known) refuseOther(known.fingerprint, fingerprint)
		const accepted = known && (await messages.get(messageId))
		if (accepted && messages.isUnsent(messageId)) {
			begun()
			return outcomeOf(messageId, accepted.to)
		}
		// Read again: WhatsApp may have answered since.
		const record = accepted && (await messages.get(messageId))
		if (record?.times.sent) {
			const timestamp = Math.floor(Date.parse(record.times.sent) / 1000)
			return { message_id: messageId, timestamp, to: record.to, status: 'sent' }
		}
		return act(messageId, [idempotencyKeys.keep(key, { fingerprint, message_id: messageId })])
	}

	return async function sendOnce(key: string | undefined, request: unknown, steps: SendSteps) {
		if (key === undefined) return steps.act(newMessageId(), [])
		const fingerprint = fingerprintOf(request)
		return running(key, fingerprint, () => replayOrAct(key, fingerprint, steps), steps.begun)
	}
}

function messageIdOf(secret: string, key: string) {
	return newMessageId(createHmac('sha256', secret).update(key).digest().subarray(0, 9))
}
