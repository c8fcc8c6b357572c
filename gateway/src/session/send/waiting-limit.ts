import { GatewayError } from '../../errors.ts'
import type { MediaSlot } from '../../messages/define.ts'
import type { MediaSource } from '../../messages/media-source.ts'

const MB = 1024 * 1024

/** How many sends of a session may wait to leave; each holds its request and a connection. */
const MAX_SENDS = 5_000
/** How many bytes of files that came with them may wait on the disk, or in memory if they are small. */
const MAX_BYTES = 1024 * MB
const RETRY_AFTER_S = 5

/**
 * Limits the sends of a session that wait for their files or their place in the chat. One alone is always let in,
 * however large it is: the size of a body has a limit of its own.
 * @returns takes a send in, and returns what to call, once or more, when it waits no more; throws GatewayError
 * rate_limited
 */
export function createWaitingLimit(maxSends = MAX_SENDS, maxBytes = MAX_BYTES) {
	let sends = 0
	let bytes = 0

	return function enter(size: number): () => void {
		if (sends >= maxSends || (sends > 0 && bytes + size > maxBytes)) throw tooManyWaiting(sends)
		sends++
		bytes += size
		let waits = true
		return function leave() {
			if (!waits) return
			waits = false
			sends--
			bytes -= size
		}
	}
}

/** The bytes of the files that came with a request. */
export const bytesHeldBy = (slots: MediaSlot[]): number =>
	slots.reduce((sum, { source }) => sum + bytesOf(source), 0)

function bytesOf(source: MediaSource): number {
	if (source.kind === 'upload') return source.size
	return source.kind === 'data' ? source.data.length : 0
}

function tooManyWaiting(sends: number): GatewayError {
	const advice =
		`${sends} sends of this session are waiting already, for their files or for earlier messages. ` +
		`This one was not sent; try again in ${RETRY_AFTER_S} seconds.`
	return new GatewayError('rate_limited', advice, { retryAfter: RETRY_AFTER_S })
}
