import { upright } from './image.ts'
import type { Job, Converted } from './job.ts'
import { attempt, openPicture } from './sharp.ts'

const SIDE = 640

/** The middle of an image as a square: the picture of a profile or a group. */
export async function toPicture(job: Job): Promise<Converted> {
	const picture = await openPicture(job)
	const path = await job.scratch.create()
	await attempt(job, () =>
		upright(picture).resize(SIDE, SIDE, { fit: 'cover' }).jpeg({ quality: 80 }).toFile(path),
	)
	return { path, mimetype: 'image/jpeg', width: SIDE, height: SIDE }
}

/** What phones show without scrolling needs no more. */
const LONGEST_SIDE = 2048

/** A whole image as a JPEG: the picture of a product, a cover photo. */
export async function toPhoto(job: Job): Promise<Converted> {
	const picture = await openPicture(job)
	const path = await job.scratch.create()
	const bounds = { fit: 'inside', withoutEnlargement: true } as const
	await attempt(job, () =>
		upright(picture).resize(LONGEST_SIDE, LONGEST_SIDE, bounds).jpeg({ quality: 85 }).toFile(path),
	)
	return { path, mimetype: 'image/jpeg' }
}
