import { z } from 'zod'
import { durableFile } from './durable-file.ts'
import type { Cipher } from './record-line.ts'
import type { Staging } from './staging.ts'

/** Which files of a state count, the oldest first. Every other file was left behind by a crash or by an older owner. */
const manifest = z.object({
	/** The number of the next file. */
	next: z.int(),
	/** `dropped` are the collections of a table that are deleted though it still has them. */
	tables: z.array(z.object({ number: z.int(), dropped: z.array(z.string()) })),
	/**
	 * `size` is how many bytes count: bytes that another process writes after them do not. Null if this was being written
	 * when the next one was begun.
	 */
	journals: z.array(z.object({ number: z.int(), size: z.int().nullable() })).min(1),
})

export type Manifest = z.output<typeof manifest>

export const MANIFEST = 'manifest.json'

export const manifestFile = (
	path: string,
	options: { staging: Staging; cipher?: Cipher | undefined },
) => durableFile(path, manifest, options)
