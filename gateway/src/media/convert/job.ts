import type { Ffmpeg } from '../ffmpeg/index.ts'
import type { Scratch } from '../temp-files.ts'
import type { PreparedMedia } from '../types.ts'

/** A file that is to be brought into the form of its role. */
export type Job = {
	path: string
	/** What it is by its bytes. */
	mimetype: string | undefined
	/** What its sender says it is. */
	declared: string | undefined
	filename: string | undefined
	field: string
	maxBytes: number
	scratch: Scratch
	ffmpeg: Ffmpeg
}

export type Converted = Omit<PreparedMedia, 'size' | 'filename' | 'dispose'>

export type Converter = (job: Job) => Promise<Converted>
