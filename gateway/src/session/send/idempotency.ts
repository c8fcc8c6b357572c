import { createHmac } from 'node:crypto'
import { GatewayError } from '../../errors.ts'
import type { Change } from '../../storage/driver.ts'
import { fingerprintOf } from '../state/idempotency-keys.ts'
import { createRunning, refuseOther } from '../running.ts'
import { newMessageId } from './message-id.ts'
import type { SendResult } from './send-result.ts'
import type { SessionState } from '../state/index.ts'
import type { MessageRecord } from '../state/messages.ts'

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
		chosen: ChosenId | undefined,
	): Promise<SendResult> {
		const { idempotencyKeys, messages } = await state()
		const known = await idempotencyKeys.find(key)
		const messageId = known?.message_id ?? chosen?.id ?? messageIdOf(secret, key)
		if (known) refuseOther(known.fingerprint, fingerprint, nameOf(chosen))
		else if (chosen) refuseTaken(chosen, await messages.get(chosen.id))
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

	/** @param chosen an id that the caller has chosen: it is a key as well */
	return async function sendOnce(
		given: string | undefined,
		request: unknown,
		steps: SendSteps,
		chosen?: ChosenId,
	) {
		const fingerprint = given || chosen ? fingerprintOf(request) : ''
		const key = given ?? (chosen && keyOf(chosen, fingerprint))
		if (key === undefined) return steps.act(newMessageId(), [])
		const act = () => replayOrAct(key, fingerprint, steps, chosen)
		return running(key, fingerprint, act, steps.begun, given ? undefined : nameOf(chosen))
	}
}

/** The id that a caller has chosen for a message, and whom it goes to. */
export type ChosenId = { id: string; to: string }

/** What a caller has given; undefined for a key. Dialects have a name of their own for `id`. */
const nameOf = (chosen: ChosenId | undefined) => chosen && `\`id\` ${chosen.id}`

const STATUS = 'status@broadcast'

/** A status goes to further people under the same id: each time is a request of its own. */
const keyOf = ({ id, to }: ChosenId, fingerprint: string): string =>
	to === STATUS ? `message ${id} ${fingerprint}` : `message ${id}`

function refuseTaken({ id, to }: ChosenId, known: MessageRecord | undefined): void {
	if (!known || (to === STATUS && known.to === STATUS && known.from_me)) return
	const advice = `There is a message ${id} already. Choose another id, or leave it out to get one made.`
	throw new GatewayError('name_taken', advice, { field: 'id' })
}

function messageIdOf(secret: string, key: string) {
	return newMessageId(createHmac('sha256', secret).update(key).digest().subarray(0, 9))
}
