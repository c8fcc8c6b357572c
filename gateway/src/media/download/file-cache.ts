import { createHash, randomUUID } from 'node:crypto'
import { DAY_MS } from '../../lib/units.ts'
import { createReadStream, createWriteStream } from 'node:fs'
import { access, mkdir, readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { overLimit } from '../errors.ts'
import { fileCorrupt } from './corrupt.ts'
import type { EncryptedFile } from './encrypted-file.ts'

/**
 * Copies of what lies on the media hosts, still encrypted: their keys are with the messages. They are named by
 * their hash, so that no message can choose a name, and a file that is forwarded is kept once.
 */
export function openFileCache(directory: string) {
	const folder = (session: string) => join(directory, session)

	return {
		/** The copy, or undefined if there is none. */
		async read(session: string, file: EncryptedFile): Promise<Readable | undefined> {
			const path = join(folder(session), cacheName(file))
			return (await isThere(path)) ? createReadStream(path) : undefined
		},
		async has(session: string, file: EncryptedFile): Promise<boolean> {
			return isThere(join(folder(session), cacheName(file)))
		},
		/** @throws GatewayError media_too_large, media_corrupt */
		async keep(session: string, file: EncryptedFile, bytes: Readable, maxBytes: number) {
			const part = join(folder(session), `${randomUUID()}.part`)
			const hash = createHash('sha256')
			const checked = async function* (chunks: AsyncIterable<Uint8Array>) {
				let length = 0
				for await (const chunk of chunks) {
					length += chunk.length
					if (length > maxBytes) throw overLimit('file', maxBytes)
					hash.update(chunk)
					yield chunk
				}
			}
			await mkdir(folder(session), { recursive: true, mode: 0o700 })
			try {
				await pipeline(bytes, checked, createWriteStream(part, { flags: 'wx', mode: 0o600 }))
				if (hash.digest('hex') !== cacheName(file))
					throw fileCorrupt('the media host has another one')
				await rename(part, join(folder(session), cacheName(file)))
			} finally {
				await rm(part, { force: true })
			}
		},
		remove: (session: string, file: EncryptedFile) =>
			rm(join(folder(session), cacheName(file)), { force: true }),
		forget: (session: string) => rm(folder(session), { recursive: true, force: true }),
		/** Removes what is older than so many days, and what a crash has left half. */
		async prune(days: number, now = Date.now()) {
			for (const session of await readdir(directory).catch(() => [])) {
				for (const name of await readdir(folder(session)).catch(() => [])) {
					const path = join(folder(session), name)
					const age = now - ((await stat(path).catch(() => undefined))?.mtimeMs ?? now)
					if (age > (name.endsWith('.part') ? 1 : days) * DAY_MS) await rm(path, { force: true })
				}
			}
		},
	}
}

const isThere = (path: string) =>
	access(path).then(
		() => true,
		() => false,
	)

function cacheName({ fileEncSha256, fileSha256 }: EncryptedFile): string {
	return Buffer.from(fileEncSha256 ?? fileSha256 ?? []).toString('hex') || 'none'
}
