import { EventEmitter, on } from 'node:events'
import type { BinaryNode } from '../wire/node.ts'

/** A stanza that crossed the wire. `in` is from the device, `out` is to it. */
export type Frame = {
	seq: number
	/** Milliseconds since 1970. */
	at: number
	direction: 'in' | 'out'
	/** Undefined until the connection has logged in. */
	account?: string
	device?: number
	stanza: BinaryNode
}

type Filter = (frame: Frame) => boolean

/** Every frame that the server received and sent, in order: tests check against it. */
export class FrameLog {
	#frames: Frame[] = []
	#seq = 0
	readonly #news = new EventEmitter()
	readonly #capacity: number

	/** @param capacity how many of the newest frames are kept; the default costs some 20 MB */
	constructor(capacity = 20_000) {
		this.#capacity = capacity
	}

	add(frame: Omit<Frame, 'seq' | 'at'>): void {
		const entry = { seq: ++this.#seq, at: Date.now(), ...frame }
		this.#frames.push(entry)
		// In chunks: shifting one by one would move the whole array for every frame.
		if (this.#frames.length > this.#capacity * 1.25) this.#frames.splice(0, this.#capacity / 4)
		this.#news.emit('frame', entry)
	}

	/** Calls the listener with every frame from now on, before it is handled. */
	listen(listener: (frame: Frame) => void): void {
		this.#news.on('frame', listener)
	}

	get last(): number {
		return this.#seq
	}

	list(filter: Filter = () => true): Frame[] {
		return this.#frames.filter(filter)
	}

	/** Waits for a frame that fits, be it already logged or yet to come. */
	async waitFor(filter: Filter, { timeout = 30_000 } = {}): Promise<Frame> {
		const known = this.#frames.find(filter)
		if (known) return known
		const signal = AbortSignal.timeout(timeout)
		try {
			for await (const [frame] of on(this.#news, 'frame', { signal }))
				if (filter(frame as Frame)) return frame as Frame
		} catch (cause) {
			throw new Error(`no such frame within ${timeout} ms: ${filter}`, { cause })
		}
		throw new Error('the frame log was closed')
	}
}
