import { stat } from 'node:fs/promises'
import type { SharpOptions } from 'sharp'
import { limits } from '../limits.ts'
import { mediaTooLarge } from '../errors.ts'
import type { Job, Converted } from './job.ts'
import { attempt, openPicture, type OpenPicture } from './sharp.ts'

const SIDE = 512
const MAX_BYTES = 1024 * 1024
// What WhatsApp asks of sticker packs; larger ones are still shown.
const WANTED_BYTES = { still: 100 * 1024, animated: 500 * 1024 }
const qualities = [80, 60, 40, 20]

/** WebP of 512 × 512, with transparent edges if it is no square. What moves goes on moving. */
export async function toSticker(job: Job): Promise<Converted> {
	const picture = await openPicture(job)
	const animated = (picture.metadata.pages ?? 1) > 1 && picture.metadata.format !== 'tiff'
	const made = { mimetype: 'image/webp', width: SIDE, height: SIDE, animated }
	if (await isStickerAlready(picture)) return { ...made, path: job.path }
	return { ...made, path: await convert(picture, animated, job) }
}

async function isStickerAlready({ metadata, path }: OpenPicture): Promise<boolean> {
	const { format, width, height, pageHeight = height } = metadata
	if (format !== 'webp' || width !== SIDE || pageHeight !== SIDE) return false
	return (await stat(path)).size <= MAX_BYTES
}

async function convert(picture: OpenPicture, animated: boolean, job: Job): Promise<string> {
	const path = await job.scratch.create()
	const wanted = animated ? WANTED_BYTES.animated : WANTED_BYTES.still
	let size = Infinity
	for (const quality of qualities) {
		size = await write(picture, { quality, animated }, path, job)
		if (size <= wanted) return path
	}
	if (size <= MAX_BYTES) return path
	throw mediaTooLarge(
		job.field,
		`makes a sticker of ${size} bytes; WhatsApp shows up to ${MAX_BYTES}.`,
	)
}

async function write(
	picture: OpenPicture,
	{ quality, animated }: { quality: number; animated: boolean },
	path: string,
	job: Job,
): Promise<number> {
	const options: SharpOptions = animated ? { pages: affordablePages(picture) } : {}
	const { size } = await attempt(job, () =>
		picture
			.open(options)
			.autoOrient()
			.resize(SIDE, SIDE, { fit: 'contain', background: { r: 0, g: 0, b: 0, alpha: 0 } })
			.webp({ quality, effort: animated ? 2 : 4 })
			.toFile(path),
	)
	return size
}

// Of an animation that is too much for us, the beginning.
function affordablePages({ metadata }: OpenPicture): number {
	const { pages = 1, width, height, pageHeight = height } = metadata
	const ofOneFrame = Math.max(width * pageHeight, SIDE * SIDE)
	return Math.max(1, Math.min(pages, Math.floor(limits.pixels / ofOneFrame)))
}
