import { z } from '@hono/zod-openapi'
import { Upload, type MediaSource } from '../../../messages/media-source.ts'
import { refused } from './errors.ts'

/** A file in JSON: its URL, or its bytes in base64 or as a data URI. */
export const fileText = z
	.union([z.string(), z.instanceof(Upload)])
	.optional()
	.openapi({ type: 'string', description: 'URL, base64 or data URI' })

/** The part of a form with the file. */
export const filePart = z
	.array(z.instanceof(Upload), { error: 'must be a file in multipart/form-data' })
	.max(1)
	.optional()
	.openapi({ type: 'string', format: 'binary' })

/** The file of a request: a part of a form, or what its field names. @throws GatewayError invalid_request for neither */
export function fileOf(given: string | Upload | undefined, [part]: Upload[] = []) {
	const file = part ?? given
	if (file instanceof Upload) return file
	const text = file?.trim()
	if (text && /^https?:\/\/\S+$/i.test(text)) return { url: text }
	if (text && (/^data:[^,]*,/i.test(text) || isBase64(text))) return { data: text }
	throw refused('Owned media must be a url or base64')
}

/** The picture of a profile or group. @throws GatewayError invalid_request for none */
export function pictureSourceOf(given: string | Upload | undefined): MediaSource {
	const file = fileOf(given)
	if (file instanceof Upload) return file
	return 'url' in file ? { kind: 'url', url: file.url! } : { kind: 'data', data: file.data! }
}

export type FileSource = ReturnType<typeof fileOf>

const isBase64 = (text: string) => /^[\w+/\s-]+={0,2}$/.test(text)
