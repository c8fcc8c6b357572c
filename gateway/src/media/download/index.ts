import { createHash } from 'node:crypto'
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { GatewayError, isGatewayError } from '../../errors.ts'
import type { Tunnel } from '../../lib/net/tunnel.ts'
import type { Log } from '../../log.ts'
import { fetchTimes, limits, type FetchTimes } from '../limits.ts'
import { createSemaphore } from '../../lib/semaphore.ts'
import { openTempFiles } from '../temp-files.ts'
import { fileCorrupt } from './corrupt.ts'
import { createHostClient, hostFailed } from './host-client.ts'
import { openFileCache } from './file-cache.ts'
import { decryptFile } from './decrypt.ts'
import { fileUrl } from './file-url.ts'
import type { DecryptedFile, EncryptedFile } from './encrypted-file.ts'

export type MediaDownloaderOptions = {
	/** Where files are while they are answered with. What an earlier run has left there is removed at once. */
	tempDir: string
	/** Where copies are kept. */
	directory: string
	keepDays: number
	/** Largest file that is got as soon as it comes in; 0 for none. */
	aheadBytes: number
	/** Largest file that is got at all. */
	maxBytes: number
	/** PEM of an authority to trust besides the known ones, for simulators. */
	ca?: string | undefined
	log: Log
	times?: Partial<FetchTimes>
}

/** Asked for only if the file has to be fetched: the media hosts that WhatsApp's server names. */
export type MediaHosts = () => Promise<readonly string[]>

/** How files are got from the media hosts. */
export type MediaRoute = {
	hosts: MediaHosts
	/** What connections go through, if not directly. */
	tunnel?: Tunnel | undefined
}

/** The files that others have sent, got from WhatsApp's media hosts and decrypted. */
export type MediaDownloader = ReturnType<typeof createMediaDownloader>

// What encryption adds: up to a block of padding, and the MAC.
const ENCRYPTION_BYTES = 26

export function createMediaDownloader(options: MediaDownloaderOptions) {
	const { maxBytes, aheadBytes, log } = options
	const temp = openTempFiles(options.tempDir)
	const closing = new AbortController()
	const host = createHostClient(options.ca, { ...fetchTimes, ...options.times })
	const kept = openFileCache(options.directory)
	const conversions = createSemaphore(limits.conversions)
	const underWay = new Set<Promise<unknown>>()

	function watched<T>(work: Promise<T>): Promise<T> {
		underWay.add(work)
		const done = () => underWay.delete(work)
		work.then(done, done)
		return work
	}

	/** To a file, decrypted; there is none if anything about it is wrong. */
	async function open(bytes: Readable, file: EncryptedFile): Promise<DecryptedFile> {
		const scratch = temp.scratch()
		try {
			const path = await scratch.create()
			const plain = file.mediaKey ? decryptFile(sealed(), file.mediaKey, file.kind) : sealed()
			const outer = createHash('sha256')
			const inner = createHash('sha256')
			let size = 0
			async function* sealed() {
				for await (const chunk of bytes as AsyncIterable<Buffer>) {
					outer.update(chunk)
					yield chunk
				}
			}
			async function* counted() {
				for await (const chunk of plain) {
					size += chunk.length
					if (size > maxBytes) throw tooLarge(maxBytes)
					inner.update(chunk)
					yield chunk
				}
			}
			await pipeline(counted, createWriteStream(path))
			const sha256 = inner.digest()
			check(file, sha256, outer.digest())
			const dispose = () => rm(path, { force: true })
			return { path, size, sha256: sha256.toString('hex'), dispose }
		} catch (error) {
			await scratch.clear()
			throw isGatewayError(error) || isOfOurDisk(error)
				? error
				: hostFailed('it stopped in the middle', error)
		} finally {
			bytes.destroy()
		}
	}

	async function openKept(
		session: string,
		file: EncryptedFile,
	): Promise<DecryptedFile | undefined> {
		const copy = await kept.read(session, file)
		if (!copy) return undefined
		return open(copy, file).catch(async (error) => {
			if (!isGatewayError(error, 'media_corrupt')) throw error
			log.warn({ err: error, session }, 'the copy of a file is damaged')
			await kept.remove(session, file)
			return undefined
		})
	}

	async function fetched(file: EncryptedFile, { hosts, tunnel }: MediaRoute): Promise<Readable> {
		if (!file.mediaKey && !file.fileSha256) throw fileCorrupt('it has neither a key nor a hash')
		return host.get(fileUrl(file, await hosts()), tunnel)
	}

	return {
		/** True if files are to be got as soon as they come in, and one of so many bytes is. */
		wants: (size = 0) => aheadBytes > 0 && size <= aheadBytes,
		/**
		 * Gets a file, from the copy that is kept if there is one, and sees to it that it is the one promised.
		 * @throws GatewayError media_gone, media_corrupt, media_fetch_refused, media_too_large, media_host_failed
		 */
		open: (session: string, file: EncryptedFile, route: MediaRoute): Promise<DecryptedFile> =>
			watched(
				openKept(session, file).then(
					async (found) => found ?? open(await fetched(file, route), file),
				),
			),
		/** Keeps a copy, for `open` to take. @throws GatewayError as `open` does */
		keep: (session: string, file: EncryptedFile, route: MediaRoute): Promise<void> =>
			watched(
				conversions.run(async () => {
					closing.signal.throwIfAborted()
					if (await kept.has(session, file)) return
					const bytes = await fetched(file, route)
					await kept.keep(session, file, bytes, aheadBytes + ENCRYPTION_BYTES)
				}),
			),
		/** Removes the copies of a session. */
		forget: kept.forget,
		prune: () => kept.prune(options.keepDays),
		async close() {
			closing.abort()
			await host.close()
			await Promise.allSettled(underWay)
		},
	}
}

function check({ fileSha256, fileEncSha256 }: EncryptedFile, plain: Buffer, sealed: Buffer) {
	if (fileEncSha256 && !sealed.equals(fileEncSha256))
		throw fileCorrupt('the media host has another one')
	if (fileSha256 && !plain.equals(fileSha256))
		throw fileCorrupt('its content does not have the hash that its sender gave')
}

function tooLarge(maxBytes: number) {
	const advice = `The file is larger than ${maxBytes} bytes, the most that MAX_MEDIA_BYTES allows.`
	return new GatewayError('media_too_large', advice)
}

const isOfOurDisk = (error: unknown) =>
	['ENOSPC', 'EDQUOT', 'EIO', 'EROFS', 'EMFILE'].includes(
		(error as NodeJS.ErrnoException).code ?? '',
	)
