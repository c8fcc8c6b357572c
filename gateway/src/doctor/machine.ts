import { statfs } from 'node:fs/promises'
import { totalmem } from 'node:os'
import type { Machine } from './check.ts'

/** The machine that this process runs on. */
export const thisMachine = (): Machine => ({
	nodeVersion: process.versions.node,
	env: process.env,
	// 0, or more than there is, where nothing limits the process.
	memory: Math.min(process.constrainedMemory() || Infinity, totalmem()),
	statfs,
})
