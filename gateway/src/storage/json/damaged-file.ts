import { DamagedError } from '../driver.ts'

/** @param why what is wrong with it, as a clause: "it is cut or garbled" */
export function damagedFile(path: string, why: string, cause?: unknown) {
	const advice = 'The files were left as they are; restore them from a backup.'
	return new DamagedError(`${path} is damaged: ${why}. ${advice}`, { cause })
}
