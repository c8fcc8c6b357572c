import { createHash } from 'node:crypto'
import { fewRandomBytes } from '../../lib/random-pool.ts'

/** `3EB0` and 18 hex digits, as WhatsApp Web makes them. */
export function newMessageId(random = fewRandomBytes(9)): string {
	return `3EB0${random.toString('hex').toUpperCase()}`
}

/** The id of a message that follows the one that leads: the same after a crash. */
export function partId(leadId: string, index: number): string {
	return newMessageId(createHash('sha256').update(`${leadId} ${index}`).digest().subarray(0, 9))
}
