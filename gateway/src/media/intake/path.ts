import { constants } from 'node:fs'
import { open, realpath } from 'node:fs/promises'
import { basename, isAbsolute, relative, resolve, sep } from 'node:path'
import { GatewayError } from '../../errors.ts'
import { plainName } from '../../lib/plain-name.ts'
import { overLimit, mediaUnreadable } from '../errors.ts'
import { writeAll, type WriteTarget, type TempFile } from './write-to-temp.ts'

/** Takes a file below MEDIA_DIR: copied, so that what is sent is what was looked at. */
export async function takePath(
	given: string,
	into: WriteTarget,
	mediaDir: string | undefined,
): Promise<TempFile> {
	if (!mediaDir) {
		throw pathRefused(
			into.field,
			'names a file, and paths are off. Start the gateway with MEDIA_DIR.',
		)
	}
	const path = await locate(given, mediaDir, into.field)
	return {
		path: await copy(path, into),
		filename: plainName(basename(given)),
		declared: undefined,
	}
}

async function locate(given: string, mediaDir: string, field: string): Promise<string> {
	const root = await realpath(mediaDir).catch((cause) => {
		throw pathRefused(field, 'names a file, and the MEDIA_DIR of the gateway is not there.', cause)
	})
	const lexical = resolve(mediaDir, given)
	// Nothing outside is touched, not even to see whether it is there.
	const isNamedInside = isInside(lexical, resolve(mediaDir)) || isInside(lexical, root)
	if (given.split(/[/\\]/).includes('..') || given.includes('\0') || !isNamedInside) {
		throw pathRefused(field, 'names a file outside of MEDIA_DIR.')
	}
	const real = await realpath(lexical).catch((cause) => {
		throw mediaUnreadable(field, 'names a file that is not there.', cause)
	})
	if (!isInside(real, root)) throw pathRefused(field, 'names a link that leads out of MEDIA_DIR.')
	return real
}

async function copy(path: string, into: WriteTarget): Promise<string> {
	// A pipe would make `open` wait for a writer; a link may have come in since `realpath`.
	const flags = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK
	const file = await open(path, flags).catch((cause) => {
		throw mediaUnreadable(into.field, 'names a file that cannot be opened.', cause)
	})
	try {
		const stats = await file.stat()
		if (!stats.isFile()) throw pathRefused(into.field, 'does not name a regular file.')
		if (stats.size > into.maxBytes) throw overLimit(into.field, into.maxBytes)
		return await writeAll(file.createReadStream({ autoClose: false }), into)
	} finally {
		await file.close()
	}
}

function isInside(path: string, root: string): boolean {
	const way = relative(root, path)
	return way !== '' && way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way)
}

function pathRefused(field: string, why: string, cause?: unknown) {
	return new GatewayError('media_fetch_refused', `\`${field}\` ${why}`, { field, cause })
}
