import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { CommitOptions } from '../driver.ts'
import { decodeLine, encodeLine, type Cipher } from './record-line.ts'

/** Where a line stands in a segment. */
export type WritePosition = { segment: Segment; offset: number; length: number }

/** One append-only file of checksummed lines. */
export type Segment = {
	path: string
	/** Bytes that are in it, or on their way into it. */
	size(): number
	/**
	 * Adds a line. `written` resolves when it is durable; whatever waits then is written together. A line that
	 * can wait is written with the next one that cannot, or a little later.
	 */
	append(text: string, options?: CommitOptions): { place: WritePosition; written: Promise<void> }
	/** Writes nothing before everything that was appended to the other segment is durable. */
	goOnAfter(other: Segment): void
	/** Resolves when everything that was appended so far is durable. */
	flushed(): Promise<void>
	read(place: WritePosition): Promise<string>
	close(): Promise<void>
}

const READ_CHUNK = 256 * 1024
/** Who sends one message after the other has sent the next one by then. */
const WAIT_MS = 5

const { O_RDWR, O_CREAT, O_EXCL } = constants
const CREATE = O_CREAT | O_EXCL
/** A write is durable when it returns: one trip to the disk instead of two. Windows has no such files. */
const SYNCHRONOUS = constants.O_DSYNC ?? 0

/** Opens a segment for reading and appending; `create` refuses one that is there already. */
export async function openSegment(
	path: string,
	{ create, cipher }: { create: boolean; cipher?: Cipher | undefined },
): Promise<Segment> {
	const file = await open(path, (create ? CREATE : 0) | O_RDWR | SYNCHRONOUS, 0o600)
	let end = (await file.stat()).size
	let durable = end
	let waiting: Buffer[] = []
	let next: Departure | undefined
	let last: Promise<void> = Promise.resolve()

	// One write runs and at most one waits: all that comes meanwhile shares the next.
	async function flush(previous: Promise<void>, { due }: Departure): Promise<void> {
		await Promise.all([previous, due])
		next = undefined
		const bytes = Buffer.concat(waiting)
		waiting = []
		await writeAll(file, bytes, durable)
		if (!SYNCHRONOUS) await file.datasync()
		durable += bytes.length
	}

	function flushed(): Promise<void> {
		next?.hurry()
		return last
	}

	const segment: Segment = {
		path,
		size: () => end,
		append(text, { canWait = false } = {}) {
			const line = encodeLine(text, cipher)
			const place = { segment, offset: end, length: line.length }
			end += line.length
			waiting.push(line)
			if (!next) {
				next = departure()
				last = flush(last, next)
			}
			if (canWait) next.wait()
			else next.hurry()
			return { place, written: last }
		},
		goOnAfter: (other) => void (last = other.flushed()),
		flushed,
		async read({ offset, length }) {
			const line = Buffer.allocUnsafe(length)
			const { bytesRead } = await file.read(line, 0, length, offset)
			const text = decodeLine(line.subarray(0, Math.max(0, bytesRead - 1)), cipher)
			if (text === undefined) throw new Error(`${path} changed under us at byte ${offset}`)
			return text
		},
		async close() {
			await flushed().catch(() => undefined)
			await file.close()
		},
	}
	return segment
}

/** When a write begins: a tick after the first line that cannot wait. */
function departure() {
	let go!: () => void
	const due = new Promise<void>((resolve) => (go = resolve))
	let timer: NodeJS.Timeout | undefined
	let isHurrying = false
	function hurry() {
		if (isHurrying) return
		isHurrying = true
		clearTimeout(timer)
		setImmediate(go)
	}
	return {
		due,
		hurry,
		wait() {
			if (!isHurrying) timer ??= setTimeout(hurry, WAIT_MS)
		},
	}
}

type Departure = ReturnType<typeof departure>

async function writeAll(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
	for (let done = 0; done < bytes.length;) {
		const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
		done += bytesWritten
	}
}

/** A line as a scan finds it; `text` is undefined if it is cut or garbled. */
export type Scanned = { text: string | undefined; offset: number; length: number }

/** Reads a segment from its start, line by line. What follows the last newline is a cut line. */
export async function* scan(path: string, cipher?: Cipher): AsyncGenerator<Scanned> {
	const file = await open(path, 'r')
	try {
		let rest: Buffer = Buffer.alloc(0)
		let offset = 0
		for await (const chunk of chunksOf(file)) {
			rest = rest.length ? Buffer.concat([rest, chunk]) : chunk
			let start = 0
			for (let at = rest.indexOf(10); at >= 0; at = rest.indexOf(10, start)) {
				yield { text: decodeLine(rest.subarray(start, at), cipher), offset, length: at + 1 - start }
				offset += at + 1 - start
				start = at + 1
			}
			rest = rest.subarray(start)
		}
		if (rest.length) yield { text: undefined, offset, length: rest.length }
	} finally {
		await file.close()
	}
}

async function* chunksOf(file: FileHandle): AsyncGenerator<Buffer> {
	for (let position = 0; ;) {
		const chunk = Buffer.allocUnsafe(READ_CHUNK)
		const { bytesRead } = await file.read(chunk, 0, READ_CHUNK, position)
		if (bytesRead === 0) return
		position += bytesRead
		yield chunk.subarray(0, bytesRead)
	}
}
