import { EventEmitter } from 'node:events'
import type { proto } from '@whiskeysockets/baileys'
import type { Expected, Received } from './received.ts'

export const textOf = (message: proto.IMessage | null) =>
	message?.conversation ?? message?.extendedTextMessage?.text ?? undefined

const entryKey = ({ id, from }: Pick<Received, 'id' | 'from'>) => `${id} ${from}`

/** The messages that a phone has received. The list is the caller's, so that it can be kept in a file. */
export class Inbox {
	readonly entries: Received[]
	/** So that the hundred thousandth message costs no more than the first. */
	readonly #index = new Map<string, Received>()
	readonly #news = new EventEmitter().setMaxListeners(0)
	readonly #nextSeq: () => number

	/** @param nextSeq gives the place of a new message among all that the phone has, sent ones as well */
	constructor(entries: Received[], nextSeq: () => number) {
		this.entries = entries
		this.#nextSeq = nextSeq
		for (const entry of entries) this.#index.set(entryKey(entry), entry)
	}

	find(id: string, from: string): Received | undefined {
		return this.#index.get(entryKey({ id, from }))
	}

	/** Adds a message, or counts another copy of one that is already there. */
	add(arrived: Omit<Received, 'copies' | 'seq'>): void {
		const known = this.find(arrived.id, arrived.from)
		if (known?.message) known.copies++
		else if (known) Object.assign(known, arrived, { error: arrived.error })
		else this.#append({ ...arrived, copies: 1, seq: this.#nextSeq() })
		this.#news.emit('change')
	}

	/** Waits for a message that is there or arrives. @throws after `timeout` ms, with the messages that arrived instead */
	async waitFor(expected: Expected, { timeout = 30_000, after = 0 } = {}): Promise<Received> {
		const fits = (entry: Received) =>
			entry.seq > after &&
			(typeof expected === 'string' ? textOf(entry.message) === expected : expected(entry))
		return new Promise((resolve, reject) => {
			const settle = (outcome: () => void) => {
				clearTimeout(timer)
				this.#news.off('change', look)
				outcome()
			}
			const look = () => {
				const found = this.entries.find(fits)
				if (found) settle(() => resolve(found))
			}
			const timer = setTimeout(
				() => settle(() => reject(this.#complaint(expected, timeout))),
				timeout,
			)
			this.#news.on('change', look)
			look()
		})
	}

	#append(entry: Received): void {
		this.entries.push(entry)
		this.#index.set(entryKey(entry), entry)
	}

	#complaint(expected: Expected, timeout: number): Error {
		const seen = this.entries.slice(-10).map(({ id, message, error }) => {
			return `  ${id}: ${error ?? JSON.stringify(textOf(message) ?? Object.keys(message ?? {}))}`
		})
		const wanted = typeof expected === 'string' ? JSON.stringify(expected) : expected.toString()
		return new Error(
			`${wanted} did not arrive within ${timeout} ms; last arrived:\n${seen.join('\n')}`,
		)
	}
}
