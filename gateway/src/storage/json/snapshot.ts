import { rm } from 'node:fs/promises'
import { DamagedError } from '../driver.ts'
import { moveDurably } from './fs.ts'
import type { Cipher } from './record-line.ts'
import type { Batch, RecordIndex } from './record-index.ts'
import { openSegment, scan, type WritePosition, type Segment } from './segment.ts'

/** A snapshot's last line: without it, some of those before may be missing. */
type Footer = { records: number }

// A write for every line would be slow, a single one would hold the whole state in memory.
const LINES_PER_WRITE = 500

export type SnapshotOptions = {
	cipher?: Cipher | undefined
	/** What has to be durable before the snapshot counts. */
	after?(): Promise<void>
}

/** Writes a snapshot, one record a line, under a temporary name first: one that is there is whole. */
export async function writeSnapshot(
	path: string,
	batches: Iterable<Batch> | AsyncIterable<Batch>,
	{ cipher, after }: SnapshotOptions = {},
): Promise<WritePosition[]> {
	await rm(`${path}.tmp`, { force: true })
	const segment = await openSegment(`${path}.tmp`, { create: true, cipher })
	const places: WritePosition[] = []
	try {
		for await (const batch of batches) {
			const { place, written } = segment.append(JSON.stringify(batch))
			if (places.push(place) % LINES_PER_WRITE === 0) await written
		}
		const footer: Footer = { records: places.length }
		await segment.append(JSON.stringify(footer)).written
	} finally {
		await segment.close()
	}
	await after?.()
	await moveDurably(`${path}.tmp`, path)
	return places
}

/** Takes a snapshot into the index. @throws DamagedError when a line of it is not as it was written */
export async function loadSnapshot(segment: Segment, index: RecordIndex, cipher?: Cipher) {
	const { path } = segment
	let records = 0
	let footer: Footer | undefined
	for await (const { text, offset, length } of scan(path, cipher)) {
		if (text === undefined || footer) throw damagedSnapshot(path, 'a line of it is garbled')
		const line = JSON.parse(text) as Batch | Footer
		if (Array.isArray(line)) {
			records++
			index.point(line, { segment, offset, length })
		} else footer = line
	}
	if (footer?.records !== records) throw damagedSnapshot(path, 'its end is missing')
}

export function damagedSnapshot(path: string, why: string) {
	return new DamagedError(
		`${path} is damaged: ${why}. Its files were left as they are; restore them from a backup.`,
	)
}
