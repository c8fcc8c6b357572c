import { createHash, randomUUID } from 'node:crypto'
import { mkdir, open, rm, type FileHandle } from 'node:fs/promises'
import { join } from 'node:path'
import { GatewayError } from '../../errors.ts'
import { createFairSemaphore, type FairSemaphore } from '../../lib/fair-semaphore.ts'
import { Upload } from '../../messages/media-source.ts'

export type UploadOptions = {
	/** Where uploads are stored while a request needs them. */
	directory: string
	/** Of one file. */
	maxFileBytes: number
	/** For bodies with files, by API key: as many are read at the same time, and further ones wait. */
	places: FairSemaphore
}

/** A body that is read takes up to 4 MiB of memory: chunks on their way to the disk, and text. */
const BODIES_AT_ONCE = 16
/** Slow uploads with one key leave places for the others. */
const BODIES_PER_KEY = 8

/** @param maxFileBytes of one file */
export function uploadOptions(directory: string, maxFileBytes: number): UploadOptions {
	return { directory, maxFileBytes, places: createFairSemaphore(BODIES_AT_ONCE, BODIES_PER_KEY) }
}

/** The files that come with a request, on disk until `dispose`. */
export type Uploads = {
	/** Begins a file. @param field its name for the caller, for errors */
	create(field: string): FileSink
	/**
	 * Resolves when all that was written is on disk. To be awaited before more is read, or else memory fills.
	 * @throws GatewayError media_too_large
	 */
	flush(): Promise<void>
	/** Removes every file. */
	dispose(): Promise<void>
}

export type FileSink = {
	write(bytes: Uint8Array): void
	/** Ends the file. It is complete after the next `flush`. */
	end(facts: { filename?: string | undefined; mimetype?: string | undefined }): Upload
}

/**
 * @example
 * const uploads = createUploads({ directory: 'data/tmp', maxFileBytes: 100e6 })
 * const sink = uploads.create('image')
 * sink.write(bytes)
 * await uploads.flush()
 * const file = sink.end({ mimetype: 'image/png' })
 */
export function createUploads({ directory, maxFileBytes }: Omit<UploadOptions, 'places'>): Uploads {
	const paths: string[] = []
	const files = new Set<FileHandle>()
	let pending = Promise.resolve()

	// One after the other. `flush` throws the first error, and later writes are not done.
	function enqueue(operation: () => Promise<void> | void) {
		pending = pending.then(operation)
		pending.catch(() => {})
	}

	function create(field: string): FileSink {
		const path = join(directory, `upload-${randomUUID()}`)
		paths.push(path)
		const hash = createHash('sha256')
		let file: FileHandle | undefined
		let length = 0
		enqueue(async () => {
			await mkdir(directory, { recursive: true, mode: 0o700 })
			file = await open(path, 'wx', 0o600)
			files.add(file)
		})
		return {
			write(bytes) {
				length += bytes.length
				if (length > maxFileBytes)
					return enqueue(() => Promise.reject(tooLarge(field, maxFileBytes)))
				hash.update(bytes)
				enqueue(() => file!.appendFile(bytes))
			},
			end({ filename, mimetype }) {
				enqueue(() => close(file!))
				const sha256 = hash.digest('hex')
				return new Upload(path, { sha256, size: length, filename, mimetype })
			},
		}
	}

	async function close(file: FileHandle) {
		files.delete(file)
		await file.close()
	}

	return {
		create,
		flush: () => pending,
		async dispose() {
			await pending.catch(() => {})
			await Promise.all([...files].map(close))
			await Promise.all(paths.map((path) => rm(path, { force: true })))
		},
	}
}

function tooLarge(field: string, most: number): GatewayError {
	const advice = `\`${field}\` may have at most ${most} bytes.`
	return new GatewayError('media_too_large', advice, { field })
}
