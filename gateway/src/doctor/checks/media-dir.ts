import { access, constants, stat } from 'node:fs/promises'
import { fine, warning, type Check } from '../check.ts'

export const mediaDirCheck: Check = {
	name: 'media_dir',
	title: 'MEDIA_DIR',
	async run({ config: { MEDIA_DIR } }) {
		if (MEDIA_DIR === undefined) return []
		const isDirectory = await stat(MEDIA_DIR).then(
			(found) => found.isDirectory(),
			() => false,
		)
		if (!isDirectory)
			return warning(
				`MEDIA_DIR=${MEDIA_DIR} is no directory, so no message can take a file by its path.`,
				'Make it, correct MEDIA_DIR, or leave it out.',
			)
		const isReadable = await access(MEDIA_DIR, constants.R_OK | constants.X_OK).then(
			() => true,
			() => false,
		)
		return isReadable
			? fine(`Messages may take files from ${MEDIA_DIR}.`)
			: warning(
					`The gateway may not read MEDIA_DIR=${MEDIA_DIR}.`,
					`Let the user that runs the gateway read it: chmod a+rX ${MEDIA_DIR}`,
				)
	},
}
