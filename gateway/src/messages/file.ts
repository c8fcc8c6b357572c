import type { UploadedFile } from './define.ts'

/** What is known of a file that came in, without downloading it. */
export type FileFacts = {
	mimetype: string | undefined
	/** Bytes. */
	size: number | undefined
	filename?: string | undefined
	width?: number | undefined
	height?: number | undefined
	seconds?: number | undefined
	pages?: number | undefined
	animated?: true | undefined
}

/** Reads them from an image, a video, a document, … */
export function factsOf(file: UploadedFile): FileFacts {
	return {
		mimetype: file.mimetype || undefined,
		size: positive(file.fileLength),
		filename: file.fileName || undefined,
		width: positive(file.width),
		height: positive(file.height),
		seconds: positive(file.seconds),
		pages: positive(file.pageCount),
		animated: file.isAnimated || undefined,
	}
}

// Large numbers come as objects; protobuf spells "absent" as 0.
function positive(value: unknown): number | undefined {
	return Number(value ?? 0) || undefined
}
