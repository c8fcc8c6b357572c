import type { MediaPreparer } from '../../media/index.ts'
import type { ShownPreview } from '../../messages/define.ts'
import type { GivenPreview } from '../../messages/envelope.ts'

/** The preview of a link that comes with the request. @throws the errors of `MediaPreparer.prepare` */
export async function givenPreview(
	{ image, ...preview }: GivenPreview,
	mediaPreparer: Pick<MediaPreparer, 'prepare'>,
	signal: AbortSignal,
): Promise<ShownPreview> {
	if (!image) return preview
	const { thumbnail, dispose } = await mediaPreparer.prepare(image, 'image', 'preview', signal)
	await dispose()
	return { ...preview, thumbnail }
}
