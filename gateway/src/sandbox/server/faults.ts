import type { BinaryNode } from '../wire/node.ts'

/** What can be made to go wrong, per account (its phone number). */
export class Faults {
	readonly #held = new Map<string, Array<() => void>>()
	readonly #refusals = new Map<string, { code: number; times: number }>()
	#downUntil = 0

	/** Server acks for this account's messages wait until `releaseAcks`. */
	holdAcks(account: string): void {
		if (!this.#held.has(account)) this.#held.set(account, [])
	}

	releaseAcks(account: string): void {
		const waiting = this.#held.get(account) ?? []
		this.#held.delete(account)
		for (const send of waiting) send()
	}

	/** The next messages of this account are refused with `code` and go nowhere. */
	refuseMessages(account: string, code: number, times = 1): void {
		this.#refusals.set(account, { code, times })
	}

	/** Nobody can connect for so long. */
	goDown(milliseconds: number): void {
		this.#downUntil = Date.now() + milliseconds
	}

	get down(): boolean {
		return Date.now() < this.#downUntil
	}

	/** @returns the error code that this message is to be refused with, if any */
	refusalOf(account: string, stanza: BinaryNode): number | undefined {
		const refusal = this.#refusals.get(account)
		if (!refusal || refusal.times <= 0 || stanza.tag !== 'message') return undefined
		refusal.times--
		return refusal.code
	}

	/** Sends an ack now, or when the acks of this account are released. */
	acknowledge(account: string, send: () => void): void {
		const waiting = this.#held.get(account)
		if (waiting) waiting.push(send)
		else send()
	}
}
