import type { FetchOptions } from './url.ts'
import { takeData } from './data.ts'
import { takePath } from './path.ts'
import { takeUpload } from './upload.ts'
import { takeUrl } from './url.ts'
import type { PreparedSource } from '../types.ts'
import type { WriteTarget, TempFile } from './write-to-temp.ts'

export type IntakeOptions = FetchOptions & { mediaDir: string | undefined }

/** Gets the bytes of a source into a temporary file. */
export function take(
	source: PreparedSource,
	into: WriteTarget,
	options: IntakeOptions,
): Promise<TempFile> {
	switch (source.kind) {
		case 'data':
			return takeData(source, into)
		case 'url':
			return takeUrl(source.url, into, options)
		case 'path':
			return takePath(source.path, into, options.mediaDir)
		case 'upload':
			return takeUpload(source, into)
	}
}
