import { dirname, resolve } from 'node:path'
import { fine, unknown, warning, wrong, type Check, type FileSystemFacts } from '../check.ts'
import { inUnits } from '../in-units.ts'

const MIB = 1024 ** 2
const GIB = 1024 ** 3
/** Journals grow to 1 MiB before they are written anew, beside the old ones. */
const TOO_LITTLE_BYTES = 8 * MIB
/** Below it a busy gateway is full within a day. */
const LITTLE_BYTES = GIB
/** Each session has some ten files. */
const TOO_FEW_FILES = 100
const FEW_FILES = 1_000

export const diskCheck: Check = {
	name: 'disk',
	title: 'Disk',
	unready: 'disk_full',
	async run({ config: { DATA_DIR }, machine: { statfs } }) {
		const facts = await factsAbout(DATA_DIR, statfs)
		if (!facts) return unknown('The free space of DATA_DIR cannot be found out.')
		const free = facts.bavail * facts.bsize
		if (free < TOO_LITTLE_BYTES)
			return wrong(
				`Only ${inUnits(free)} are free where DATA_DIR is: the state of sessions cannot be saved for long.`,
				'Make room, or move DATA_DIR to a larger disk.',
			)
		// Some file systems make files as they need them, and count none.
		if (facts.files > 0 && facts.ffree < TOO_FEW_FILES)
			return wrong(
				`The file system of DATA_DIR can take only ${facts.ffree} more files, though it has space.`,
				'Remove files that nobody needs (df -i shows how many there are), or move DATA_DIR.',
			)
		if (free < LITTLE_BYTES)
			return warning(
				`Only ${inUnits(free)} are free where DATA_DIR is.`,
				'A busy gateway fills that within a day: make room.',
			)
		if (facts.files > 0 && facts.ffree < FEW_FILES)
			return warning(
				`The file system of DATA_DIR can take only ${facts.ffree} more files.`,
				'Remove files that nobody needs: df -i shows how many there are.',
			)
		return fine(`${inUnits(free)} are free where DATA_DIR is.`)
	},
}

/** Of the directory, or of the one in which the first start makes it. */
export async function factsAbout(
	path: string,
	statfs: (path: string) => Promise<FileSystemFacts>,
): Promise<FileSystemFacts | undefined> {
	for (let at = resolve(path); ; at = dirname(at)) {
		const facts = await statfs(at).catch(() => undefined)
		if (facts || at === dirname(at)) return facts
	}
}
