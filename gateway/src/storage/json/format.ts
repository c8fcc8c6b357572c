import { join } from 'node:path'
import { z } from 'zod'
import { VERSION } from '../../lib/version.ts'
import { damagedFile } from './damaged-file.ts'
import { readIfThere } from './fs.ts'
import type { Staging } from './staging.ts'

/**
 * The format of everything under `DATA_DIR`. Raise it when an older gateway would misread what this one writes: it then
 * refuses to start on it. A field or a record more is no reason, because an older gateway leaves out what it does not know.
 */
export const FORMAT = 1

/** The state was written by a newer gateway, in a format that this one does not know. */
export class NewerFormatError extends Error {
	override name = 'NewerFormatError'
}

const marker = z.object({
	format: z.int().min(1),
	/** Of the gateway that has opened the directory last. */
	version: z.string(),
})

type Marker = z.output<typeof marker>

const pathOf = (root: string) => join(root, 'format')

/** Looks whether this gateway can read a directory, and changes nothing in it. @throws NewerFormatError, DamagedError */
export async function refuseNewer(root: string): Promise<void> {
	const found = await readMarker(root)
	if (found && found.format > FORMAT) throw newer(root, found)
}

/** Notes that this gateway writes to the directory from now on. @throws NewerFormatError, DamagedError */
export async function markFormat(root: string, staging: Staging): Promise<void> {
	await refuseNewer(root)
	const found = await readMarker(root)
	if (found?.format === FORMAT && found.version === VERSION) return
	await staging.write(pathOf(root), `${JSON.stringify({ format: FORMAT, version: VERSION })}\n`)
}

async function readMarker(root: string): Promise<Marker | undefined> {
	const text = await readIfThere(pathOf(root))
	if (text === undefined) return undefined
	const parsed = marker.safeParse(parseJson(text))
	if (!parsed.success) throw damagedFile(pathOf(root), 'it does not say a format', parsed.error)
	return parsed.data
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text)
	} catch {
		return undefined
	}
}

const newer = (root: string, { format, version }: Marker) =>
	new NewerFormatError(
		`${root} was written by version ${version} of the gateway, in format ${format}. This is version ${VERSION}, which reads formats up to ${FORMAT}. Start version ${version} or a later one, or restore a backup from before the upgrade. Nothing was changed.`,
	)
