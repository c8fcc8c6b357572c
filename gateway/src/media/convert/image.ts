import type { Job, Converted } from './job.ts'
import { attempt, openPicture, type OpenPicture } from './sharp.ts'

const THUMBNAIL_SIDE = 72

/** JPEG and PNG as they are, everything else as JPEG. */
export async function toImage(job: Job): Promise<Converted> {
	const picture = await openPicture(job)
	const { autoOrient } = picture.metadata
	const thumbnail = await thumbnailOf(picture, job)
	const made = { width: autoOrient.width, height: autoOrient.height, thumbnail }
	if (isShownAsItIs(picture, job)) return { ...made, path: job.path, mimetype: job.mimetype! }
	const path = await job.scratch.create()
	await attempt(job, () => upright(picture).jpeg({ quality: 88 }).toFile(path))
	return { ...made, path, mimetype: 'image/jpeg' }
}

/** The small picture that is seen before the file is downloaded. */
function thumbnailOf(picture: OpenPicture, job: Job): Promise<Buffer> {
	const side = THUMBNAIL_SIDE
	return attempt(job, () =>
		upright(picture).resize(side, side, { fit: 'inside' }).jpeg({ quality: 60 }).toBuffer(),
	)
}

/** As it is looked at: turned the way its camera was held, white where it is transparent. */
export function upright(picture: OpenPicture) {
	return picture.open().autoOrient().flatten({ background: '#ffffff' })
}

// Not every client turns pictures, and none shows the colours of print.
function isShownAsItIs({ metadata }: OpenPicture, { mimetype = '' }: Job): boolean {
	const { orientation = 1, space } = metadata
	return ['image/jpeg', 'image/png'].includes(mimetype) && orientation === 1 && space !== 'cmyk'
}
