import { randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'

/** What is recorded of a body in memory; the rest goes to the disk. */
const MAX_IN_MEMORY = 1024 * 1024

type Part = { bytes: Uint8Array } | { at: number; length: number } | undefined

/** The body of a request, which can be read several times. */
export type BodyTape = ReturnType<typeof createBodyTape>

/**
 * Records a body while it is read, so that the request can be sent on after a handler has read it to find its session.
 * Nothing is read that no one asks for.
 * @param directory for what is too large for memory
 */
export function createBodyTape(source: ReadableStream<Uint8Array>, directory: string) {
	const reader = source.getReader()
	const parts: Part[] = []
	let inMemory = 0
	let inFile = 0
	let file: FileHandle | undefined
	let isRecorded = true
	let ended = false
	let advancing: Promise<void> | undefined

	/** Reads on. Those who wait for the same part wait together. */
	const advance = () =>
		(advancing ??= readNext().finally(() => {
			advancing = undefined
		}))

	async function readNext(): Promise<void> {
		const { done, value } = await reader.read()
		if (done) ended = true
		else parts.push(await keep(value))
	}

	async function keep(bytes: Uint8Array): Promise<Part> {
		if (!isRecorded || inMemory + bytes.length <= MAX_IN_MEMORY) {
			inMemory += bytes.length
			return { bytes }
		}
		file ??= await openUnnamed(directory)
		const at = inFile
		inFile += bytes.length
		await file.write(bytes, 0, bytes.length, at)
		return { at, length: bytes.length }
	}

	async function bytesOf(index: number): Promise<Uint8Array> {
		const part = parts[index]
		if (!part) throw new Error('this part of the body is no longer recorded')
		if (!isRecorded) parts[index] = undefined
		if ('bytes' in part) return part.bytes
		const bytes = new Uint8Array(part.length)
		await file!.read(bytes, 0, part.length, part.at)
		return bytes
	}

	return {
		/** The body from its start. To stop reading leaves the rest where it is. */
		stream(): ReadableStream<Uint8Array> {
			let next = 0
			return new ReadableStream<Uint8Array>(
				{
					async pull(controller) {
						while (next >= parts.length && !ended) await advance()
						if (next < parts.length) controller.enqueue(await bytesOf(next++))
						else controller.close()
					},
				},
				{ highWaterMark: 0 },
			)
		},
		/** Whether it can still be read from its start. */
		isRecorded: () => isRecorded,
		/** Stops recording: only who reads now reads on. */
		stopRecording(): void {
			isRecorded = false
		},
		/** Frees what was recorded. */
		async dispose(): Promise<void> {
			isRecorded = false
			const held = file
			file = undefined
			await held?.close()
		},
	}
}

/** A file that is gone as soon as it is closed, whatever ends the process. */
async function openUnnamed(directory: string): Promise<FileHandle> {
	await mkdir(directory, { recursive: true })
	const path = join(directory, `body-${randomUUID()}`)
	const file = await open(path, 'wx+', 0o600)
	await rm(path)
	return file
}
