import { readFile } from 'node:fs/promises'
import { GatewayError } from '../../errors.ts'
import type { MediaPreparer } from '../../media/index.ts'
import type { MediaSource } from '../../messages/media-source.ts'

/**
 * Makes the picture of a profile, group or channel of an image.
 * @param field what the caller calls it; errors name it
 * @returns a JPEG of 640 × 640 pixels: the middle of the image
 * @throws GatewayError invalid_request, and those of `MediaPreparer.prepare`
 */
export async function pictureFrom(
	mediaPreparer: MediaPreparer,
	source: MediaSource,
	field: string,
): Promise<Buffer> {
	const made = await mediaPreparer.prepare(newSource(source, field), 'picture', field)
	return readFile(made.path).finally(() => made.dispose())
}

type NewSource = Exclude<MediaSource, { kind: 'reference' }>

/** What was uploaded for a message is encrypted. @throws GatewayError invalid_request for that */
export function newSource(source: MediaSource, field: string): NewSource {
	if (source.kind !== 'reference') return source
	const advice = `A file that was uploaded to be sent is encrypted and cannot be read. Give \`${field}\` as \`url\`, \`data\` or \`path\`.`
	throw new GatewayError('invalid_request', advice, { field })
}
