import type { Metadata, Sharp, SharpOptions } from 'sharp'
import { limits } from '../limits.ts'
import { mediaTooLarge, mediaUnreadable, wrongKind } from '../errors.ts'
import type { Job } from './job.ts'

/** What is read with sharp; BMP by way of ffmpeg. HEIC is not: its codec is patented and not in sharp. */
const readable = [
	'image/jpeg',
	'image/png',
	'image/apng',
	'image/webp',
	'image/gif',
	'image/avif',
	'image/tiff',
]

type SharpModule = (typeof import('sharp'))['default']

let loading: Promise<SharpModule> | undefined

/** sharp with our limits; loaded by the first picture, since it takes 20 MB. */
function loadSharp() {
	return (loading ??= import('sharp').then(({ default: sharp }) => limited(sharp)))
}

function limited(sharp: SharpModule) {
	// Whatever a file pretends to be, libvips opens it with one of these or not at all: no SVG, no PDF.
	sharp.block({ operation: ['VipsForeignLoad'] })
	sharp.unblock({
		operation: [
			'VipsForeignLoadJpeg',
			'VipsForeignLoadPng',
			'VipsForeignLoadWebp',
			'VipsForeignLoadNsgif',
			'VipsForeignLoadHeif',
			'VipsForeignLoadTiff',
		],
	})
	// Every file is seen once.
	sharp.cache(false)
	return sharp
}

export type OpenPicture = { path: string; metadata: Metadata; open(options?: SharpOptions): Sharp }

/**
 * Opens a file as an image, within our limits.
 * @throws GatewayError if it is none that can be read
 */
export async function openPicture(job: Job): Promise<OpenPicture> {
	const [path, sharp] = [await readablePath(job), await loadSharp()]
	const open = (options: SharpOptions = {}) =>
		sharp(path, {
			limitInputPixels: limits.pixels,
			failOn: 'error',
			sequentialRead: true,
			...options,
		}).timeout({ seconds: limits.imageSeconds })
	const metadata = await attempt(job, () => open().metadata())
	return { path, metadata, open }
}

/** Does something with sharp and says in our words what goes wrong. */
export async function attempt<T>({ field }: Job, work: () => Promise<T>): Promise<T> {
	try {
		return await work()
	} catch (error) {
		const { message } = error as Error
		if (/pixel limit/.test(message)) {
			throw mediaTooLarge(field, `has more than ${limits.pixels / 1e6} million pixels.`, error)
		}
		if (/timeout/.test(message)) {
			throw mediaTooLarge(
				field,
				`takes longer than ${limits.imageSeconds} seconds to convert.`,
				error,
			)
		}
		throw mediaUnreadable(field, 'is an image that cannot be read; is it damaged?', error)
	}
}

async function readablePath(job: Job): Promise<string> {
	const { mimetype = '', path, field } = job
	if (readable.includes(mimetype)) return path
	if (mimetype === 'image/bmp') return viaFfmpeg(job)
	const known = mimetype.startsWith('image/') ? `${mimetype}, which cannot be converted` : mimetype
	throw wrongKind(field, 'a JPEG, PNG, WebP, GIF, AVIF, TIFF or BMP image', known || undefined)
}

async function viaFfmpeg(job: Job): Promise<string> {
	const path = await job.scratch.create()
	const args = ['-frames:v', '1', '-c:v', 'png']
	await job.ffmpeg.convert(job, { path, format: 'image2pipe', args, maxBytes: job.maxBytes })
	return path
}
