import type { BinaryNode } from '../wire/node.ts'
import type { ActiveFault } from './active-fault.ts'
import { Limited } from './limited.ts'
import type { Party } from './model.ts'

/** How late a message arrives that was asked for again, and with which time (Unix seconds). */
export type LateRetry = { milliseconds: number; t?: number | undefined }

/** Faults that can be caused, by account (its phone number). */
export class Faults {
	readonly #held = new Map<string, Array<() => void>>()
	readonly #refusals = new Map<string, { code: number; times: number }>()
	/** The messages that were refused, by their ids: the recipient's jid, and the code. */
	readonly #refused = new Map<string, { to: string | undefined; code: number }>()
	/** Until when nothing passes over the connections of an account. */
	readonly #frozen = new Map<string, number>()
	readonly #garbled = new Map<string, number>()
	readonly #refusedUpgrades = new Limited<void, number>()
	readonly #refusedLinks = new Limited<string, true>()
	readonly #lateRetries = new Limited<Party, LateRetry>()
	#downUntil = 0

	/** Server acks for this account's messages, and receipts about them, wait until `releaseAcks`. */
	holdAcks(account: string): void {
		if (!this.#held.has(account)) this.#held.set(account, [])
	}

	releaseAcks(account: string): void {
		const waiting = this.#held.get(account) ?? []
		this.#held.delete(account)
		for (const send of waiting) send()
	}

	/** The next messages of this account are refused with `code` and go nowhere, whichever name of the recipient they go to. */
	refuseMessages(account: string, code: number, times = 1): void {
		this.#refusals.set(account, { code, times })
	}

	/** The next messages to this account arrive with a wrong byte, so that they cannot be decrypted. */
	garbleMessagesTo(account: string, times = 1): void {
		this.#garbled.set(account, times)
	}

	/** The encrypted parts as they arrive at this account. */
	asTheyArrive(account: string, encrypted: BinaryNode[]): BinaryNode[] {
		const left = this.#garbled.get(account) ?? 0
		if (left <= 0) return encrypted
		this.#garbled.set(account, left - 1)
		return encrypted.map((enc) => ({ ...enc, content: withWrongByte(enc.content) }))
	}

	/** The next messages that linked devices of this account ask for again come late. */
	delayRetries(account: string, retry: LateRetry, times = 1): void {
		const concerns = (to: Party) => to.account.phone === account && to.device.id !== 0
		this.#lateRetries.add(concerns, retry, times, { type: 'late_retry', account })
	}

	/** How this message, which a device has asked for again, is to come late, if at all. */
	latenessFor(to: Party): LateRetry | undefined {
		return this.#lateRetries.take(to)
	}

	/** Lists that the present connections of this account are frozen. */
	noteFrozen(account: string, milliseconds: number): void {
		this.#frozen.set(account, Date.now() + milliseconds)
	}

	list(): ActiveFault[] {
		const now = Date.now()
		const held = [...this.#held].map(([account, waiting]) => ({
			...{ type: 'hold_acks', account, waiting: waiting.length },
		}))
		const refused = [...this.#refusals].map(([account, { code, times }]) => ({
			...{ type: 'refuse_messages', account, code, times },
		}))
		const garbled = [...this.#garbled].map(([account, times]) => ({
			...{ type: 'garble', account, times },
		}))
		const frozen = [...this.#frozen].map(([account, until]) => ({
			...{ type: 'freeze', account, until },
		}))
		const counted: ActiveFault[] = [...refused, ...garbled]
		const timed: ActiveFault[] = [...frozen, { type: 'down', until: this.#downUntil }]
		return [
			...held,
			...counted.filter(({ times = 0 }) => times > 0),
			...timed.filter(({ until = 0 }) => until > now),
			...this.#lateRetries.list(),
			...this.#refusedUpgrades.list(),
			...this.#refusedLinks.list(),
		]
	}

	/** Ends faults before their time. @returns those, of which the connections that are frozen must be thawed */
	end(isMeant: (fault: ActiveFault) => boolean): ActiveFault[] {
		const ended = this.list().filter(isMeant)
		for (const { type, account = '' } of ended) {
			if (type === 'hold_acks') this.releaseAcks(account)
			if (type === 'refuse_messages') this.#refusals.delete(account)
			if (type === 'garble') this.#garbled.delete(account)
			if (type === 'freeze') this.#frozen.delete(account)
			if (type === 'down') this.#downUntil = 0
		}
		this.#lateRetries.end(isMeant)
		this.#refusedUpgrades.end(isMeant)
		this.#refusedLinks.end(isMeant)
		return ended
	}

	/** Refuses every connection for some time. */
	goDown(milliseconds: number): void {
		this.#downUntil = Date.now() + milliseconds
	}

	/** Answers the next requests for a WebSocket with this HTTP status. */
	refuseUpgrades(status: number, times = 1): void {
		const told = { type: 'refuse_upgrade', code: status }
		this.#refusedUpgrades.add(() => true, status, times, told)
	}

	/** @returns the HTTP status that this request for a WebSocket is to be refused with, if any */
	upgradeRefusal(): number | undefined {
		return this.#refusedUpgrades.take()
	}

	/** Refuses the next new devices of this account when they log in the first time. */
	refuseLinks(account: string, times = 1): void {
		const told = { type: 'refuse_link', account }
		this.#refusedLinks.add((phone) => phone === account, true, times, told)
	}

	/** Whether this new device of an account is to be refused. */
	refusesLink(account: string): boolean {
		return this.#refusedLinks.take(account) ?? false
	}

	get down(): boolean {
		return Date.now() < this.#downUntil
	}

	/** @returns the error code that this message is to be refused with, if any */
	refusalOf(account: string, stanza: BinaryNode): number | undefined {
		if (stanza.tag !== 'message') return undefined
		const { id = '', to } = stanza.attrs
		const before = this.#refused.get(id)
		if (before && before.to !== to) return before.code
		const refusal = this.#refusals.get(account)
		if (!refusal || refusal.times <= 0) return undefined
		refusal.times--
		this.#refused.set(id, { to, code: refusal.code })
		return refusal.code
	}

	/** Sends an ack or a receipt now, or when the acks of this account are released. */
	acknowledge(account: string, send: () => void): void {
		const waiting = this.#held.get(account)
		if (waiting) waiting.push(send)
		else send()
	}
}

/**
 * This far from the end every kind of message is authenticated; a first message ends in up to ten bytes that are not.
 */
const AUTHENTICATED = 12

function withWrongByte(content: BinaryNode['content']): BinaryNode['content'] {
	if (!(content instanceof Uint8Array)) return content
	const changed = Buffer.from(content)
	changed[changed.length - AUTHENTICATED]! ^= 1
	return changed
}
