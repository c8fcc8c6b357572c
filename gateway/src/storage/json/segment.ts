import { constants } from 'node:fs'
import { open, type FileHandle } from 'node:fs/promises'
import type { CommitOptions } from '../driver.ts'
import { readersOf, type RecordFile, type Span } from './record-file.ts'
import { encodeLine, type Cipher } from './record-line.ts'
import type { Staging } from './staging.ts'

/** An append-only file of checksummed lines. */
export type Segment = RecordFile & {
	/** Bytes that are in it, or on their way into it. */
	size(): number
	/**
	 * Adds a line. `written` resolves when it is durable; whatever waits then is written together. A line that
	 * can wait is written with the next one that cannot, or a little later.
	 */
	append(text: string, options?: CommitOptions): { span: Span; written: Promise<void> }
	/** Writes nothing before everything that was appended to the other segment is durable. */
	goOnAfter(other: Segment): void
	/** Resolves when everything that was appended so far is durable. */
	flushed(): Promise<void>
}

/** Who sends one message after the other has sent the next one by then. */
const WAIT_MS = 5

const CREATE = constants.O_RDWR | constants.O_CREAT | constants.O_EXCL
/** A write is durable when it returns: one trip to the disk instead of two. Windows has no such files. */
const SYNCHRONOUS = constants.O_DSYNC ?? 0

type SegmentOptions = { staging: Staging; cipher?: Cipher | undefined }

const lostDirectory = (path: string) =>
	Object.assign(new Error(`${path} belongs to another process now`), { code: 'ENOENT' })

/** Makes a new segment with its first lines: its name is there once they are durable. */
export async function createSegment(
	path: string,
	first: readonly string[],
	{ staging, cipher }: SegmentOptions,
): Promise<Segment> {
	const temporary = staging.newPath()
	const file = await open(temporary, CREATE | SYNCHRONOUS, 0o600)
	try {
		const lines = Buffer.concat(first.map((text, n) => encodeLine(text, cipher, n === 0)))
		await writeFully(file, lines, 0)
		await file.sync()
		await staging.place(temporary, path)
		return segmentOf(file, path, lines.length, { staging, cipher })
	} catch (error) {
		await file.close()
		throw error
	}
}

function segmentOf(
	file: FileHandle,
	path: string,
	begun: number,
	{ staging, cipher }: SegmentOptions,
): Segment {
	let end = begun
	let durable = begun
	let waiting: Buffer[] = []
	let next: Departure | undefined
	let last: Promise<void> = Promise.resolve()

	// One write runs and at most one waits: all that comes meanwhile shares the next.
	async function flush(previous: Promise<void>, { due }: Departure): Promise<void> {
		await Promise.all([previous, due])
		next = undefined
		const bytes = Buffer.concat(waiting)
		waiting = []
		await writeFully(file, bytes, durable)
		if (!SYNCHRONOUS) await file.datasync()
		// A successor removes our staging directory before it reads: it reads every write that ended while the directory was there.
		if (!staging.isThere()) throw lostDirectory(path)
		durable += bytes.length
	}

	function flushed(): Promise<void> {
		next?.hurry()
		return last
	}

	return {
		path,
		size: () => end,
		append(text, { canWait = false } = {}) {
			const line = encodeLine(text, cipher, waiting.length === 0)
			const span = { offset: end, length: line.length }
			end += line.length
			waiting.push(line)
			if (!next) {
				next = departure()
				last = flush(last, next)
			}
			if (canWait) next.wait()
			else next.hurry()
			return { span, written: last }
		},
		goOnAfter: (other) => void (last = other.flushed()),
		flushed,
		...readersOf(file, path, cipher),
		async close() {
			await flushed().catch(() => undefined)
			await file.close()
		},
	}
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

export async function writeFully(file: FileHandle, bytes: Buffer, position: number): Promise<void> {
	for (let done = 0; done < bytes.length;) {
		const { bytesWritten } = await file.write(bytes, done, bytes.length - done, position + done)
		done += bytesWritten
	}
}
