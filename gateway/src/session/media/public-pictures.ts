import type { MediaSource } from '../../messages/media-source.ts'
import type { CoverPhoto } from '../ask/business-profile.ts'
import type { MediaUploader } from '../send/upload.ts'
import type { SessionContext } from '../session-context.ts'
import { newSource } from './picture.ts'

/** Where WhatsApp's own clients say that a picture is which a media host has taken. */
const MEDIA_HOST = 'https://mmg.whatsapp.net'

type PublicPicturesOptions = Pick<SessionContext, 'socketOnceOpen'> & {
	mediaUploader: MediaUploader
}

/** Uploads pictures that everybody may see. */
export function createPublicPictures({ socketOnceOpen, mediaUploader }: PublicPicturesOptions) {
	return {
		/**
		 * Uploads the pictures of a product, beside each other.
		 * @param field what the caller calls the list; errors name it
		 * @returns their URLs, for WhatsApp
		 * @throws GatewayError session_not_open, media_upload_failed, those of `MediaPreparer.prepare` and `askWhatsApp`
		 */
		async ofProduct(sources: readonly MediaSource[], field: string): Promise<string[]> {
			const socket = await socketOnceOpen()
			const pictures = sources.map((source, index) => {
				const place = `${field}.${index}`
				return { source: newSource(source, place), field: place }
			})
			const uploaded = await Promise.all(
				pictures.map((picture) =>
					mediaUploader.uploadPicture(picture, 'product-catalog-image', socket),
				),
			)
			return uploaded.map(({ directPath }) => MEDIA_HOST + directPath)
		},
		/** Uploads a cover photo. @throws GatewayError as `ofProduct` */
		async cover(source: MediaSource, field: string): Promise<CoverPhoto> {
			const picture = { source: newSource(source, field), field }
			const socket = await socketOnceOpen()
			return mediaUploader.uploadPicture(picture, 'biz-cover-photo', socket, coverIn)
		},
	}
}

function coverIn({ fbid, meta_hmac: token, ts }: Record<string, unknown>): CoverPhoto | undefined {
	if (!fbid || typeof token !== 'string' || !ts) return undefined
	return { id: String(fbid), token, ts: String(ts) }
}
