import { fine, warning, type Check } from '../check.ts'
import { factsAbout } from './disk.ts'

/** Of statfs(2), which calls them magic numbers. */
const networks: Record<number, string> = {
	0x6969: 'NFS',
	0x517b: 'SMB',
	0xfe534d42: 'SMB',
	0xff534d42: 'CIFS',
	0x01021997: '9p',
	0x65735546: 'FUSE',
	0x00c36400: 'Ceph',
	0x5346414f: 'AFS',
	0x786f4256: 'a shared folder of VirtualBox',
}
const TMPFS = 0x01021994
const OVERLAY = 0x794c7630

export const fileSystemCheck: Check = {
	name: 'file_system',
	title: 'File system',
	async run({ config: { DATA_DIR, STATE_URL }, machine: { statfs } }) {
		// With a database, what is lost there comes back or is not missed.
		if (process.platform !== 'linux' || STATE_URL !== undefined) return []
		const type = (await factsAbout(DATA_DIR, statfs))?.type ?? 0
		// Some kernels give the number with a sign.
		const network = networks[type >>> 0]
		if (network)
			return warning(
				`DATA_DIR is on ${network}, which another machine or program serves: locks may not hold there, and what was written may be lost.`,
				'Move DATA_DIR to a disk of this machine; in a container, to a named volume.',
			)
		if (type === TMPFS)
			return warning(
				'DATA_DIR is in memory (tmpfs): all sessions are lost when this machine or container stops.',
				'Set DATA_DIR to a directory on a disk.',
			)
		if (type === OVERLAY)
			return warning(
				'DATA_DIR is in the container itself: all sessions are lost when the container is removed.',
				'Mount a volume, and set DATA_DIR to it.',
			)
		return fine('DATA_DIR is on a file system of this machine.')
	},
}
